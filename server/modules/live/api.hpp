#pragma once
// What other modules may ask of live, in the caller's transaction. Facts to subscribe to, each with a StreamFact:
// live.stream_scheduled (again when its time changes), live.stream_started, live.stream_ended, live.stream_cancelled;
// and with a ReportFact: live.message_reported.
#include "modules/live/types.hpp"
#include "platform/context.hpp"

namespace liveshop::live {

/// Private ones, too: it asks nobody for leave. Throws stream_not_found.
awaitable<Stream> get_stream(Ctx& ctx, StreamId stream_id);

/// Something that was bought at a stream and is paid for.
struct Sale {
    StreamId stream_id;
    UserId customer_id;
    catalog::ProductId product_id;
    std::string product_name;
    std::int64_t quantity = 0;
};

/// Tells those who watch (`stream:order`, and a message in the chat), by the customer's first name if that person lets
/// it be shown. Of a stream that is not live nothing is told. Throws stream_not_found.
awaitable<void> announce_sale(Ctx& ctx, Sale sale);

}  // namespace liveshop::live
