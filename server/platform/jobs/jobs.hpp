#pragma once
// Work that may happen later is a row, committed with the row that caused it. At least once: a handler that may have
// run before must do no harm when it runs again.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/context.hpp"
#include "platform/shape/decode.hpp"

namespace liveshop::jobs {

/// A kind of job and its handler, `awaitable<void>(Ctx&, Payload)`. The Ctx has the tenant of the row that caused it.
struct JobRow {
    std::string_view kind;   ///< "live.close_room"
    std::string_view topic;  ///< the fact it subscribes to ("checkout.order_ready"), or empty
    int every_s = 0;         ///< for each tenant at this interval, without being asked; 0: never
    int attempts_max = 35;   ///< with growing pauses these last about a day
    std::function<awaitable<void>(Ctx&, const json::value&)> call;
};

using Table = std::vector<JobRow>;

struct Options {
    std::optional<std::string> idempotency_key;  ///< a second job of the same key is not written
    int delay_s = 0;
};

/// Writes a job of `kind` in the caller's transaction.
awaitable<void> enqueue_json(Ctx& ctx, std::string kind, std::string payload, Options options);
/// Writes one job for each subscriber of `topic` (found in Services' Table) in the caller's transaction.
awaitable<void> publish_json(Ctx& ctx, std::string topic, std::string payload);

template <class Payload>
awaitable<void> enqueue(Ctx& ctx, std::string_view kind, const Payload& payload, Options options = {}) {
    return enqueue_json(ctx, std::string(kind), to_json(payload), std::move(options));
}
template <class Payload>
awaitable<void> publish(Ctx& ctx, std::string_view topic, const Payload& payload) {
    return publish_json(ctx, std::string(topic), to_json(payload));
}

namespace detail {
template <class In>
In job_input(awaitable<void> (*)(Ctx&, In));
}

/// A job that is enqueued by name.
template <auto Handler>
JobRow job(std::string_view kind) {
    using In = decltype(detail::job_input(Handler));
    JobRow row;
    row.kind = kind;
    row.call = [](Ctx& ctx, const json::value& payload) -> awaitable<void> {
        In in = decode<In>(payload);
        co_await Handler(ctx, std::move(in));
    };
    return row;
}
/// A job that runs whenever `topic` is published.
template <auto Handler>
JobRow subscriber(std::string_view kind, std::string_view topic) {
    JobRow row = job<Handler>(kind);
    row.topic = topic;
    return row;
}
/// A job that runs for each tenant every `every_s` seconds; its payload is empty.
template <auto Handler>
JobRow periodic(std::string_view kind, int every_s) {
    JobRow row = job<Handler>(kind);
    row.every_s = every_s;
    return row;
}

/// Seconds until attempt number `attempt` + 1: 1, 4, 9 … doubling later, an hour at most.
int retry_delay_s(int attempt);

}  // namespace liveshop::jobs
