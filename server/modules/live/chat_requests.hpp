#pragma once
// What the endpoints and events of the chat and of its order take and answer.
#include "modules/live/requests.hpp"

namespace liveshop::live {

/// Random and kept by a browser or an app: somebody muted does not come back by a new account.
using DeviceId = Text<8, 64>;
using MutedWord = Text<2, 50>;

struct ListMessages {  // GET /streams/{stream_id}/chat
    StreamId stream_id;
    std::optional<InviteToken> invite;
    std::optional<Timestamp> before;  ///< only older ones
    std::optional<Timestamp> after;   ///< only newer ones, the oldest hundred of them
};
BOOST_DESCRIBE_STRUCT(ListMessages, (), (stream_id, invite, before, after))

struct MessageList {
    std::vector<Message> messages;  ///< a hundred at most, oldest first
};
BOOST_DESCRIBE_STRUCT(MessageList, (), (messages))

struct SendMessage {  // POST /streams/{stream_id}/chat
    StreamId stream_id;
    Text<1, 500> content;
    std::optional<InviteToken> invite;
    std::optional<DeviceId> device_id;
};
BOOST_DESCRIBE_STRUCT(SendMessage, (), (stream_id, content, invite, device_id))

struct MessageOf {  // DELETE /streams/{stream_id}/chat/{message_id}
    StreamId stream_id;
    MessageId message_id;
};
BOOST_DESCRIBE_STRUCT(MessageOf, (), (stream_id, message_id))

/// Event stream:message:delete, to all who watch.
struct MessagesDeleted {
    StreamId stream_id;
    std::vector<MessageId> message_ids;
};
BOOST_DESCRIBE_STRUCT(MessagesDeleted, (), (stream_id, message_ids))

struct MutePerson {  // POST /streams/{stream_id}/mutes
    StreamId stream_id;
    UserId user_id;
    std::optional<Int<10, 31'536'000>> duration_s;  ///< for good if left out
    std::optional<Text<1, 200>> reason;             ///< shown to whom it concerns
    std::optional<bool> delete_messages;            ///< what they wrote at this stream goes, too
};
BOOST_DESCRIBE_STRUCT(MutePerson, (), (stream_id, user_id, duration_s, reason, delete_messages))

struct MuteOf {  // DELETE /streams/{stream_id}/mutes/{mute_id}
    StreamId stream_id;
    MuteId mute_id;
};
BOOST_DESCRIBE_STRUCT(MuteOf, (), (stream_id, mute_id))

struct Mute {
    MuteId id;
    UserId user_id;
    std::string user_name;
    bool everywhere = false;  ///< by the marketplace; else in this store
    std::optional<std::string> reason;
    Timestamp created_at;
    std::optional<Timestamp> expires_at;
};
BOOST_DESCRIBE_STRUCT(Mute, (), (id, user_id, user_name, everywhere, reason, created_at, expires_at))

struct MuteList {
    std::vector<Mute> mutes;
};
BOOST_DESCRIBE_STRUCT(MuteList, (), (mutes))

/// Event stream:mute, to whom it concerns; without `muted` they may write again.
struct MuteChanged {
    StreamId stream_id;
    std::optional<MuteNotice> muted;
};
BOOST_DESCRIBE_STRUCT(MuteChanged, (), (stream_id, muted))

struct StoreModerators {  // GET /stores/{store_id}/moderators
    catalog::StoreId store_id;
};
BOOST_DESCRIBE_STRUCT(StoreModerators, (), (store_id))

struct ModeratorOf {  // POST /stores/{store_id}/moderators, DELETE /stores/{store_id}/moderators/{user_id}
    catalog::StoreId store_id;
    UserId user_id;
};
BOOST_DESCRIBE_STRUCT(ModeratorOf, (), (store_id, user_id))

struct Moderator {
    UserId user_id;
    std::string name;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Moderator, (), (user_id, name, created_at))

struct ModeratorList {
    std::vector<Moderator> moderators;
};
BOOST_DESCRIBE_STRUCT(ModeratorList, (), (moderators))

struct SetStreamWords {  // PUT /streams/{stream_id}/muted-words
    StreamId stream_id;
    std::vector<MutedWord> words;
};
BOOST_DESCRIBE_STRUCT(SetStreamWords, (), (stream_id, words))

struct MutedWords {  // GET and PUT /admin/muted-words, GET /streams/{stream_id}/muted-words
    std::vector<MutedWord> words;
};
BOOST_DESCRIBE_STRUCT(MutedWords, (), (words))

struct BlockPerson {  // POST /me/blocks, DELETE /me/blocks/{user_id}
    UserId user_id;
};
BOOST_DESCRIBE_STRUCT(BlockPerson, (), (user_id))

struct BlockedPerson {
    UserId user_id;
    std::string name;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(BlockedPerson, (), (user_id, name, created_at))

struct BlockedList {  // GET /me/blocks
    std::vector<BlockedPerson> people;
};
BOOST_DESCRIBE_STRUCT(BlockedList, (), (people))

enum class ReportKind { message, person, stream };
BOOST_DESCRIBE_ENUM(ReportKind, message, person, stream)

enum class ReportReason { spam, abuse, fraud, illegal, other };
BOOST_DESCRIBE_ENUM(ReportReason, spam, abuse, fraud, illegal, other)

enum class ReportStatus { open, resolved };
BOOST_DESCRIBE_ENUM(ReportStatus, open, resolved)

enum class Resolution { dismissed, message_deleted, person_muted, stream_stopped };
BOOST_DESCRIBE_ENUM(Resolution, dismissed, message_deleted, person_muted, stream_stopped)

struct ReportSomething {  // POST /reports
    ReportKind kind;
    StreamId stream_id;
    std::optional<MessageId> message_id;  ///< of a message
    std::optional<UserId> user_id;        ///< of a person
    ReportReason reason;
    std::optional<Text<0, 1000>> note;
    std::optional<InviteToken> invite;
};
BOOST_DESCRIBE_STRUCT(ReportSomething, (), (kind, stream_id, message_id, user_id, reason, note, invite))

struct ReportReceived {
    ReportId id;
    ReportStatus status = ReportStatus::open;
};
BOOST_DESCRIBE_STRUCT(ReportReceived, (), (id, status))

struct ListReports {                     // GET /admin/reports
    std::optional<ReportStatus> status;  ///< open if left out
    std::optional<CursorText> cursor;
    std::optional<Int<1, 100>> limit;
};
BOOST_DESCRIBE_STRUCT(ListReports, (), (status, cursor, limit))

struct Report {
    ReportId id;
    ReportKind kind;
    ReportReason reason;
    std::optional<std::string> note;
    ReportStatus status = ReportStatus::open;
    UserId reporter_id;
    std::string reporter_name;
    std::optional<StreamId> stream_id;
    std::optional<std::string> stream_title;
    std::optional<MessageId> message_id;
    std::optional<std::string> excerpt;  ///< the message as it was reported
    std::optional<UserId> user_id;       ///< whom it is about
    std::optional<std::string> user_name;
    std::int64_t reports_count = 0;  ///< about the same, by whomever
    std::optional<Resolution> resolution;
    std::optional<std::string> answer;
    std::optional<Timestamp> resolved_at;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Report, (),
                      (id, kind, reason, note, status, reporter_id, reporter_name, stream_id, stream_title, message_id,
                       excerpt, user_id, user_name, reports_count, resolution, answer, resolved_at, created_at))

struct ReportList {
    std::vector<Report> reports;  ///< the oldest first
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(ReportList, (), (reports, next_cursor))

struct ResolveReport {  // POST /admin/reports/{report_id}/resolve
    ReportId report_id;
    Resolution resolution;
    std::optional<Text<0, 500>> answer;
    std::optional<Int<60, 31'536'000>> mute_duration_s;  ///< of person_muted; for good if left out
};
BOOST_DESCRIBE_STRUCT(ResolveReport, (), (report_id, resolution, answer, mute_duration_s))

}  // namespace liveshop::live
