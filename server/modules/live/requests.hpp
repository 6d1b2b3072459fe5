#pragma once
// What the endpoints and events of streams take and answer. Private streams are there for whoever brings `invite`, the
// token in their link, and for the store's own people.
#include "modules/live/types.hpp"

namespace liveshop::live {

using InviteToken = Text<1, 100>;
using StreamTitle = Text<1, 255>;
using StreamDescription = Text<0, 5000>;
using CursorText = Text<1, 100>;

/// Those that are named are changed.
struct ChangeStreamSettings {
    std::optional<bool> chat_enabled;
    std::optional<bool> reactions_enabled;
    std::optional<bool> requests_enabled;
    std::optional<Int<0, 300>> slow_mode_s;
    std::optional<bool> recording_enabled;  ///< counts from the next time the host connects
};
BOOST_DESCRIBE_STRUCT(ChangeStreamSettings, (),
                      (chat_enabled, reactions_enabled, requests_enabled, slow_mode_s, recording_enabled))

struct CreateStream {  // POST /streams
    catalog::StoreId store_id;
    StreamTitle title;
    std::optional<StreamDescription> description;
    std::optional<Timestamp> scheduled_at;
    std::optional<StreamType> type;
    std::optional<ChangeStreamSettings> settings;
};
BOOST_DESCRIBE_STRUCT(CreateStream, (), (store_id, title, description, scheduled_at, type, settings))

struct UpdateStream {  // PUT /streams/{stream_id}
    StreamId stream_id;
    std::optional<StreamTitle> title;
    std::optional<StreamDescription> description;
    std::optional<Timestamp> scheduled_at;  ///< before it has started, as `type`
    std::optional<StreamType> type;
    std::optional<ChangeStreamSettings> settings;
};
BOOST_DESCRIBE_STRUCT(UpdateStream, (), (stream_id, title, description, scheduled_at, type, settings))

struct ListStreams {                     // GET /streams
    std::optional<StreamStatus> status;  ///< live if left out
    std::optional<catalog::StoreId> store_id;
    std::optional<Text<1, 100>> category;  ///< of the store
    std::optional<Text<1, 100>> q;         ///< in title, description or the store's name
    std::optional<CursorText> cursor;      ///< `next_cursor` of the page before
    std::optional<Int<1, 100>> limit;      ///< 50 if left out
};
BOOST_DESCRIBE_STRUCT(ListStreams, (), (status, store_id, category, q, cursor, limit))

struct ListStoreStreams {  // GET /stores/{store_id}/streams
    catalog::StoreId store_id;
    std::optional<StreamStatus> status;  ///< all if left out
    std::optional<CursorText> cursor;
    std::optional<Int<1, 100>> limit;
};
BOOST_DESCRIBE_STRUCT(ListStoreStreams, (), (store_id, status, cursor, limit))

struct ListAllStreams {  // GET /admin/streams
    std::optional<StreamStatus> status;
    std::optional<Text<1, 100>> q;
    std::optional<CursorText> cursor;
    std::optional<Int<1, 100>> limit;
};
BOOST_DESCRIBE_STRUCT(ListAllStreams, (), (status, q, cursor, limit))

struct StreamList {
    std::vector<Stream> streams;
    std::optional<std::string> next_cursor;  ///< there are more
};
BOOST_DESCRIBE_STRUCT(StreamList, (), (streams, next_cursor))

struct StreamOf {  // POST /streams/{stream_id}/start, …/end, …/cancel, …/leave
    StreamId stream_id;
};
BOOST_DESCRIBE_STRUCT(StreamOf, (), (stream_id))

struct VisitStream {  // GET /streams/{stream_id}, POST …/join
    StreamId stream_id;
    std::optional<InviteToken> invite;
};
BOOST_DESCRIBE_STRUCT(VisitStream, (), (stream_id, invite))

struct StopStream {  // POST /admin/streams/{stream_id}/stop
    StreamId stream_id;
    Text<3, 500> reason;
};
BOOST_DESCRIBE_STRUCT(StopStream, (), (stream_id, reason))

/// Event stream:stop, to the store's people: the marketplace has ended or cancelled their stream.
struct StreamStopped {
    StreamId stream_id;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(StreamStopped, (), (stream_id, reason))

struct Invite {  // GET and POST /streams/{stream_id}/invites
    StreamId stream_id;
    std::string token;
    std::string path;  ///< of the page with the token in it, "/live/…?invite=…"
};
BOOST_DESCRIBE_STRUCT(Invite, (), (stream_id, token, path))

struct Publishing {
    Stream stream;
    std::string whip_url;  ///< RFC 9725 endpoint, with `grant` as the Bearer token
    std::string grant;
};
BOOST_DESCRIBE_STRUCT(Publishing, (), (stream, whip_url, grant))

/// Why and until when somebody may not write.
struct MuteNotice {
    std::optional<std::string> reason;
    std::optional<Timestamp> expires_at;  ///< for good if left out
};
BOOST_DESCRIBE_STRUCT(MuteNotice, (), (reason, expires_at))

struct Watching {
    Stream stream;
    std::string whep_url;
    std::string grant;
    std::int64_t viewer_count = 0;
    std::vector<catalog::Product> pinned_products;  ///< in the host's order
    Author role = Author::viewer;
    std::optional<MuteNotice> muted;
};
BOOST_DESCRIBE_STRUCT(Watching, (), (stream, whep_url, grant, viewer_count, pinned_products, role, muted))

struct PinProduct {  // POST /streams/{stream_id}/pin
    StreamId stream_id;
    catalog::ProductId product_id;
};
BOOST_DESCRIBE_STRUCT(PinProduct, (), (stream_id, product_id))

struct ProductPinned {  // event stream:product:pin
    StreamId stream_id;
    catalog::Product product;
};
BOOST_DESCRIBE_STRUCT(ProductPinned, (), (stream_id, product))

struct OrderPins {  // PUT /streams/{stream_id}/pins; event stream:product:order
    StreamId stream_id;
    std::vector<catalog::ProductId> product_ids;  ///< all that are pinned, the first to be shown first
};
BOOST_DESCRIBE_STRUCT(OrderPins, (), (stream_id, product_ids))

struct RequestProduct {  // POST /streams/{stream_id}/product-requests, event stream:product:request
    StreamId stream_id;
    catalog::ProductId product_id;
    std::optional<InviteToken> invite;
    std::optional<Text<8, 64>> device_id;
};
BOOST_DESCRIBE_STRUCT(RequestProduct, (), (stream_id, product_id, invite, device_id))

/// Event stream:product:request, to the store's people; 0 when nobody waits any more.
struct ProductRequested {
    StreamId stream_id;
    catalog::ProductId product_id;
    std::string product_name;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ProductRequested, (), (stream_id, product_id, product_name, count))

struct ProductRequest {
    catalog::Product product;
    std::int64_t count = 0;             ///< of people who wait to see it
    std::vector<std::string> asked_by;  ///< names, the first three
    Timestamp asked_at;                 ///< the first time
};
BOOST_DESCRIBE_STRUCT(ProductRequest, (), (product, count, asked_by, asked_at))

struct ProductRequestList {                // GET /streams/{stream_id}/product-requests
    std::vector<ProductRequest> requests;  ///< what most ask for first
};
BOOST_DESCRIBE_STRUCT(ProductRequestList, (), (requests))

struct React {  // POST /streams/{stream_id}/reactions
    StreamId stream_id;
    ReactionKind kind;
    std::optional<InviteToken> invite;
};
BOOST_DESCRIBE_STRUCT(React, (), (stream_id, kind, invite))

struct ViewersChanged {  // event stream:viewers
    StreamId stream_id;
    std::int64_t viewer_count = 0;
    std::int64_t peak_viewers = 0;
};
BOOST_DESCRIBE_STRUCT(ViewersChanged, (), (stream_id, viewer_count, peak_viewers))

struct ReactionCount {
    ReactionKind kind;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ReactionCount, (), (kind, count))

struct Reactions {  // event stream:reaction, what came in within a second
    StreamId stream_id;
    std::vector<ReactionCount> counts;
};
BOOST_DESCRIBE_STRUCT(Reactions, (), (stream_id, counts))

struct ListParticipants {  // GET /streams/{stream_id}/participants
    StreamId stream_id;
    std::optional<CursorText> cursor;
    std::optional<Int<1, 100>> limit;
};
BOOST_DESCRIBE_STRUCT(ListParticipants, (), (stream_id, cursor, limit))

/// Somebody with an account who watched, over all times they came.
struct Participant {
    UserId user_id;
    std::string name;
    bool is_watching = false;
    Timestamp joined_at;  ///< the first time
    std::int64_t watch_duration_s = 0;
    std::int64_t messages_count = 0;
    std::int64_t reactions_count = 0;
};
BOOST_DESCRIBE_STRUCT(Participant, (),
                      (user_id, name, is_watching, joined_at, watch_duration_s, messages_count, reactions_count))

struct ParticipantList {
    std::vector<Participant> participants;  ///< in the order they first came
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(ParticipantList, (), (participants, next_cursor))

/// What became of a stream, for its host.
struct StreamSummary {  // GET /streams/{stream_id}/summary
    Stream stream;
    std::int64_t participants_count = 0;  ///< people with an account who watched
    std::int64_t messages_count = 0;
    std::int64_t reactions_count = 0;
    std::int64_t requests_count = 0;         ///< asked to see a product
    std::optional<std::string> stop_reason;  ///< the marketplace's, if it ended the stream
};
BOOST_DESCRIBE_STRUCT(StreamSummary, (),
                      (stream, participants_count, messages_count, reactions_count, requests_count, stop_reason))

/// Event stream:order, to all who watch.
struct StreamOrder {
    StreamId stream_id;
    std::string product_name;
    std::int64_t quantity = 0;
    std::optional<std::string> customer_first_name;  ///< if the customer shows it
};
BOOST_DESCRIBE_STRUCT(StreamOrder, (), (stream_id, product_name, quantity, customer_first_name))

struct ViewerPreferences {          // GET and PUT /me/live-preferences
    bool shows_first_name = false;  ///< to those who watch, when I buy
};
BOOST_DESCRIBE_STRUCT(ViewerPreferences, (), (shows_first_name))

}  // namespace liveshop::live
