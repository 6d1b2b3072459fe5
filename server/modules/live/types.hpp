#pragma once
// Streams, their chat and what is pinned to them.
#include "modules/catalog/types.hpp"
#include "modules/live/errors.hpp"
#include "platform/config.hpp"

namespace liveshop::live {

struct Stream;
struct Message;
struct Mute;
struct Report;
struct Recording;
struct RecordingFile;
using StreamId = Id<Stream>;
using MessageId = Id<Message>;
using MuteId = Id<Mute>;
using ReportId = Id<Report>;
using RecordingId = Id<Recording>;
using RecordingFileId = Id<RecordingFile>;

/// The sockets of everybody at a stream, host included.
inline std::string room_of(StreamId stream_id) { return "stream:" + stream_id.to_string(); }
/// The sockets of its viewers: these are counted.
inline constexpr std::string_view audience_prefix = "audience:";
inline std::string audience_of(StreamId stream_id) { return std::string(audience_prefix) + stream_id.to_string(); }
/// The sockets of the store's own people.
inline std::string hosts_of(StreamId stream_id) { return "hosts:" + stream_id.to_string(); }
/// The sockets through which one person watches it: two tabs are two.
inline std::string screens_of(StreamId stream_id, UserId user_id) {
    return "screens:" + stream_id.to_string() + ":" + user_id.to_string();
}

enum class StreamStatus { scheduled, live, ended, cancelled };
BOOST_DESCRIBE_ENUM(StreamStatus, scheduled, live, ended, cancelled)

enum class StreamType { public_, private_ };
BOOST_DESCRIBE_ENUM(StreamType, public_, private_)

enum class MessageType { text, product_request, order_notification, system };
BOOST_DESCRIBE_ENUM(MessageType, text, product_request, order_notification, system)

/// What somebody is in the chat. Moderators and hosts keep order and are bound by less of it.
enum class Author { viewer, moderator, host };
BOOST_DESCRIBE_ENUM(Author, viewer, moderator, host)

enum class ReactionKind { heart, fire, clap, laugh, wow };
BOOST_DESCRIBE_ENUM(ReactionKind, heart, fire, clap, laugh, wow)

struct StreamSettings {
    bool chat_enabled = true;  ///< viewers may write; hosts and moderators always may
    bool reactions_enabled = true;
    bool requests_enabled = true;  ///< viewers may ask to see a product
    Int<0, 300> slow_mode_s{0};    ///< between two messages of one viewer; 0: as they like
    bool recording_enabled = true;
};
BOOST_DESCRIBE_STRUCT(StreamSettings, (),
                      (chat_enabled, reactions_enabled, requests_enabled, slow_mode_s, recording_enabled))

struct Stream {
    StreamId id;
    catalog::StoreId store_id;
    std::string store_name;
    UserId host_id;
    std::string title;
    std::optional<std::string> description;
    StreamType type = StreamType::public_;
    StreamStatus status = StreamStatus::scheduled;
    std::optional<Timestamp> scheduled_at;
    std::optional<Timestamp> started_at;
    std::optional<Timestamp> ended_at;
    std::optional<std::string> thumbnail_url;
    std::int64_t viewer_count = 0;
    std::int64_t peak_viewers = 0;
    std::int64_t total_watch_time_s = 0;
    StreamSettings settings;
    bool has_recording = false;  ///< that can be played
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Stream, (),
                      (id, store_id, store_name, host_id, title, description, type, status, scheduled_at, started_at,
                       ended_at, thumbnail_url, viewer_count, peak_viewers, total_watch_time_s, settings, has_recording,
                       created_at))

struct MessageMetadata {
    std::optional<catalog::ProductId> product_id;  ///< of a request or an order
    std::optional<std::int64_t> quantity;          ///< of an order
};
BOOST_DESCRIBE_STRUCT(MessageMetadata, (), (product_id, quantity))

struct Message {
    MessageId id;
    StreamId stream_id;
    UserId user_id;
    std::string user_name;
    Author author = Author::viewer;
    MessageType type = MessageType::text;
    std::string content;
    MessageMetadata metadata;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Message, (), (id, stream_id, user_id, user_name, author, type, content, metadata, created_at))

/// live.stream_scheduled, live.stream_started, live.stream_ended, live.stream_cancelled. Of private streams, too: whom
/// that may be told is the subscriber's to ask (`Stream::type`).
struct StreamFact {
    StreamId stream_id;
};
BOOST_DESCRIBE_STRUCT(StreamFact, (), (stream_id))

/// live.message_reported: a message, a person or a stream.
struct ReportFact {
    ReportId report_id;
};
BOOST_DESCRIBE_STRUCT(ReportFact, (), (report_id))

struct Settings {
    Secret media_grant_secret;
    std::string media_control_socket = "media-control.sock";
    Int<30, 3600> media_grant_ttl_s{120};
    std::string recordings_directory = "recordings";
    Int<60, 86'400> recording_link_ttl_s{21'600};
    std::string still_program;
};
BOOST_DESCRIBE_STRUCT(Settings, (),
                      (media_grant_secret, media_control_socket, media_grant_ttl_s, recordings_directory,
                       recording_link_ttl_s, still_program))

constexpr auto setting_help(const Settings*) {
    return std::array{
        config::Help{"media_grant_secret", "Signs permissions to publish and to watch; shared with the media server"},
        config::Help{"media_control_socket", "Path of the Unix socket where the media server takes commands"},
        config::Help{"media_grant_ttl_s", "How long such a permission may be used to begin"},
        config::Help{"recordings_directory", "Folder of finished recordings, served by signed links at /recordings"},
        config::Help{"recording_link_ttl_s", "How long such a link is good for"},
        config::Help{"still_program", "Program that makes a picture of H.264 video; if not set, the one beside this"},
    };
}

}  // namespace liveshop::live
