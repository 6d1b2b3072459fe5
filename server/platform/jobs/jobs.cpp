#include "platform/jobs/jobs.hpp"

#include <algorithm>

namespace liveshop::jobs {
namespace {

inline const db::Query<void(std::optional<TenantId>, std::string, std::string, std::optional<std::string>,
                            std::int64_t)>
    insert_job{"platform.insert_job", R"(
    insert into jobs (tenant_id, kind, payload, idempotency_key, run_at)
    values ($1, $2, $3::text::jsonb, $4, now() + $5::bigint * interval '1 second')
    on conflict (idempotency_key) do nothing
)"};

}  // namespace

awaitable<void> enqueue_json(Ctx& ctx, std::string kind, std::string payload, Options options) {
    ctx.has_enqueued = true;
    co_await ctx.tx.run(insert_job, ctx.tenant, kind, payload, options.idempotency_key, std::int64_t{options.delay_s});
}

awaitable<void> publish_json(Ctx& ctx, std::string topic, std::string payload) {
    for (const JobRow& row : ctx.services.get<const Table>())
        if (row.topic == topic) co_await enqueue_json(ctx, std::string(row.kind), payload, {});
}

int retry_delay_s(int attempt) {
    if (attempt <= 3) return attempt * attempt;
    return std::min(3600, 9 << std::min(attempt - 3, 10));
}

}  // namespace liveshop::jobs
