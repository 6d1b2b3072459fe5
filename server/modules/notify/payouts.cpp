// What those who earn are told of their payouts.
#include <fmt/format.h>

#include "modules/notify/subscribers.hpp"
#include "modules/notify/tell.hpp"
#include "modules/payouts/api.hpp"

namespace liveshop::notify {
namespace {

using payouts::PayoutStatus;

// One that fails and is tried again is told of at each try, once.
awaitable<void> on_settled(Ctx& ctx, payouts::PayoutFact in) {
    const payouts::Payout payout = co_await payouts::get_payout(ctx, in.payout_id);
    if (payout.status != PayoutStatus::completed && payout.status != PayoutStatus::failed) co_return;
    const Kind kind = payout.status == PayoutStatus::completed ? Kind::payout_completed : Kind::payout_failed;
    const bool is_store = payout.recipient_type == payouts::RecipientType::store;
    Words words;
    words.words = {{"amount", money_text(payout.amount_minor, payout.currency)}};
    co_await tell(ctx, {payout.recipient_id},
                  {.kind = kind,
                   .key = fmt::format("{}:{}:{}", name_of(kind), payout.id.to_string(), payout.attempts),
                   .tag = "payout:" + payout.id.to_string(),
                   .url = is_store ? "/store/payouts" : "/driver/earnings",
                   .words = std::move(words)});
}

}  // namespace

jobs::Table payout_rows() {
    return {
        jobs::subscriber<on_settled>("notify.payout_completed", "payouts.payout_completed"),
        jobs::subscriber<on_settled>("notify.payout_failed", "payouts.payout_failed"),
    };
}

}  // namespace liveshop::notify
