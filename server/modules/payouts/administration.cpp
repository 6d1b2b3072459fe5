#include "modules/payouts/api.hpp"
#include "modules/payouts/handlers.hpp"
#include "modules/payouts/schedule.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::payouts {

awaitable<Payout> retry_failed_payout(Ctx& ctx, PayoutOf in) {
    co_await get_payout(ctx, in.payout_id);
    const std::int64_t moved = co_await ctx.tx.count(retry_payout, in.payout_id);
    if (moved == 0) throw Fail(Errc::payout_not_failed);
    co_await jobs::enqueue(ctx, "payouts.send", SendPayout{in.payout_id});
    Payout payout = co_await get_payout(ctx, in.payout_id);
    co_return payout;
}

awaitable<PayoutList> run_payouts(Ctx& ctx) {
    const std::vector<PayoutId> payout_ids = co_await settle_all(ctx);
    PayoutList list;
    for (const PayoutId payout_id : payout_ids) {
        Payout payout = co_await get_payout(ctx, payout_id);
        list.payouts.push_back(std::move(payout));
    }
    co_return list;
}

}  // namespace liveshop::payouts
