#pragma once
// Streams, their chat and what is pinned to them.
#include "modules/catalog/types.hpp"
#include "platform/config.hpp"
#include "platform/error.hpp"

namespace liveshop::live {

struct Stream;
struct Message;
using StreamId = Id<Stream>;
using MessageId = Id<Message>;

/// The sockets of everybody at a stream, host included.
inline std::string room_of(StreamId stream_id) { return "stream:" + stream_id.to_string(); }
/// The sockets of its viewers: these are counted.
inline constexpr std::string_view audience_prefix = "audience:";
inline std::string audience_of(StreamId stream_id) { return std::string(audience_prefix) + stream_id.to_string(); }

enum class Errc {
    stream_not_found,
    stream_not_live,
    stream_over,
    product_of_other_store,
    not_pinned,
    too_many_pins,
};

constexpr ErrorRow describe_error(Errc e) {
    switch (e) {
        case Errc::stream_not_found:
            return {404, "live.stream_not_found", "There is no such stream"};
        case Errc::stream_not_live:
            return {409, "live.stream_not_live", "This stream is not live: wait for it to start"};
        case Errc::stream_over:
            return {409, "live.stream_over", "This stream is over"};
        case Errc::product_of_other_store:
            return {422, "live.product_of_other_store", "Only products of the stream's own store can be pinned"};
        case Errc::not_pinned:
            return {404, "live.not_pinned", "This product is not pinned"};
        case Errc::too_many_pins:
            return {409, "live.too_many_pins", "Twenty products are pinned already: unpin one first"};
    }
    return {500, "internal", "Something went wrong on our side"};
}

enum class StreamStatus { scheduled, live, ended, cancelled };
BOOST_DESCRIBE_ENUM(StreamStatus, scheduled, live, ended, cancelled)

enum class StreamType { public_, private_ };
BOOST_DESCRIBE_ENUM(StreamType, public_, private_)

enum class MessageType { text, product_request, order_notification, system };
BOOST_DESCRIBE_ENUM(MessageType, text, product_request, order_notification, system)

enum class ReactionKind { heart, fire, clap, laugh, wow };
BOOST_DESCRIBE_ENUM(ReactionKind, heart, fire, clap, laugh, wow)

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
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Stream, (),
                      (id, store_id, store_name, host_id, title, description, type, status, scheduled_at, started_at,
                       ended_at, thumbnail_url, viewer_count, peak_viewers, total_watch_time_s, created_at))

struct Message {
    MessageId id;
    StreamId stream_id;
    UserId user_id;
    std::string user_name;
    MessageType type = MessageType::text;
    std::string content;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Message, (), (id, stream_id, user_id, user_name, type, content, created_at))

struct Settings {
    Secret media_grant_secret;
    std::string media_control_socket = "media-control.sock";
    Int<30, 3600> media_grant_ttl_s{120};
};
BOOST_DESCRIBE_STRUCT(Settings, (), (media_grant_secret, media_control_socket, media_grant_ttl_s))

constexpr auto setting_help(const Settings*) {
    return std::array{
        config::Help{"media_grant_secret", "Signs permissions to publish and to watch; shared with the media server"},
        config::Help{"media_control_socket", "Path of the Unix socket where the media server takes commands"},
        config::Help{"media_grant_ttl_s", "How long such a permission may be used to begin"},
    };
}

}  // namespace liveshop::live
