#pragma once
// What the endpoints and events of live take and answer.
#include "modules/live/types.hpp"

namespace liveshop::live {

struct CreateStream {  // POST /streams
    catalog::StoreId store_id;
    Text<1, 255> title;
    std::optional<Text<0, 5000>> description;
    std::optional<Timestamp> scheduled_at;
    std::optional<StreamType> type;
};
BOOST_DESCRIBE_STRUCT(CreateStream, (), (store_id, title, description, scheduled_at, type))

struct UpdateStream {  // PUT /streams/{stream_id}
    StreamId stream_id;
    std::optional<Text<1, 255>> title;
    std::optional<Text<0, 5000>> description;
    std::optional<Timestamp> scheduled_at;
};
BOOST_DESCRIBE_STRUCT(UpdateStream, (), (stream_id, title, description, scheduled_at))

struct ListStreams {                     // GET /streams
    std::optional<StreamStatus> status;  ///< live if left out
    std::optional<catalog::StoreId> store_id;
};
BOOST_DESCRIBE_STRUCT(ListStreams, (), (status, store_id))

struct StreamList {
    std::vector<Stream> streams;
};
BOOST_DESCRIBE_STRUCT(StreamList, (), (streams))

struct StreamOf {  // GET /streams/{stream_id}, POST …/start, …/end, …/join, …/leave
    StreamId stream_id;
};
BOOST_DESCRIBE_STRUCT(StreamOf, (), (stream_id))

struct Publishing {
    Stream stream;
    std::string whip_url;  ///< RFC 9725 endpoint, with `grant` as the Bearer token
    std::string grant;
};
BOOST_DESCRIBE_STRUCT(Publishing, (), (stream, whip_url, grant))

struct Watching {
    Stream stream;
    std::string whep_url;
    std::string grant;
    std::int64_t viewer_count = 0;
    std::vector<catalog::Product> pinned_products;  ///< the newest pin first
};
BOOST_DESCRIBE_STRUCT(Watching, (), (stream, whep_url, grant, viewer_count, pinned_products))

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

struct ListMessages {  // GET /streams/{stream_id}/chat
    StreamId stream_id;
    std::optional<Timestamp> before;  ///< only older ones
};
BOOST_DESCRIBE_STRUCT(ListMessages, (), (stream_id, before))

struct MessageList {
    std::vector<Message> messages;  ///< the newest hundred, oldest first
};
BOOST_DESCRIBE_STRUCT(MessageList, (), (messages))

struct SendMessage {  // POST /streams/{stream_id}/chat
    StreamId stream_id;
    Text<1, 500> content;
};
BOOST_DESCRIBE_STRUCT(SendMessage, (), (stream_id, content))

struct React {  // POST /streams/{stream_id}/reactions
    StreamId stream_id;
    ReactionKind kind;
};
BOOST_DESCRIBE_STRUCT(React, (), (stream_id, kind))

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

}  // namespace liveshop::live
