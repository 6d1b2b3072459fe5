// A payout is two transactions with the provider between them: the first says that it is asked, the second what came of
// it. Whoever dies in between leaves a payout that is `processing`: the next attempt looks for the transfer by its
// group before it asks again, and the provider's key and the ledger's entry see to the rest.
#include "modules/checkout/api.hpp"
#include "modules/ledger/api.hpp"
#include "modules/payouts/api.hpp"
#include "modules/payouts/rules.hpp"
#include "modules/payouts/schedule.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/log.hpp"
#include "platform/rooms.hpp"

namespace liveshop::payouts {
namespace {

using enum ledger::Account;

const Event<PayoutUpdate> payout_update{"payout:update", "Money is on its way, has arrived, or could not be sent"};

awaitable<void> tell(Ctx& ctx, PayoutId payout_id) {
    const Payout payout = co_await get_payout(ctx, payout_id);
    ctx.emit(room_of_user(payout.recipient_id), payout_update, PayoutUpdate{payout});
}

awaitable<void> record_transfer(Ctx& ctx, const Sending& payout, std::string transfer_id) {
    const std::int64_t news = co_await ctx.tx.count(complete_payout, payout.id, transfer_id);
    if (news == 0) co_return;
    const bool is_store = payout.recipient_type == RecipientType::store;
    const Uuid owner = is_store ? payout.store_id->value : payout.recipient_id.value;
    std::vector<ledger::Posting> postings{
        {is_store ? store_payable : driver_payable, owner, payout.amount_minor},
        {provider_clearing, std::nullopt, -payout.amount_minor},
    };
    co_await ledger::post(ctx, ledger::EntryKind::payout, payout.id.value, payout.currency, std::move(postings));
    co_await jobs::publish(ctx, "payouts.payout_completed", PayoutFact{payout.id});
    co_await tell(ctx, payout.id);
}

awaitable<void> record_refusal(Ctx& ctx, const Sending& payout, const checkout::PayeeError& error) {
    log::error("a payout was refused", {{"payout_id", payout.id.to_string()}, {"code", error.code}});
    const std::int64_t news =
        co_await ctx.tx.count(refuse_payout, payout.id, error.code, error.message, retry_after_s(payout.refusals + 1));
    if (news == 0) co_return;
    co_await jobs::publish(ctx, "payouts.payout_failed", PayoutFact{payout.id});
    co_await tell(ctx, payout.id);
}

}  // namespace

awaitable<void> send_payout(Ctx& ctx, SendPayout in) {
    const std::optional<Sending> payout = co_await ctx.tx.find(begin_sending, in.payout_id);
    if (!payout) co_return;
    co_await tell(ctx, payout->id);
    auto transfer = co_await checkout::pass_on(ctx, {.amount_minor = payout->amount_minor,
                                                     .currency = payout->currency,
                                                     .account_id = payout->stripe_account_id,
                                                     .group = payout->id.to_string(),
                                                     .idempotency_key = idempotency_key(payout->id, payout->refusals),
                                                     .may_have_happened = payout->attempts > 1});
    if (transfer)
        co_await record_transfer(ctx, *payout, std::move(*transfer));
    else if (transfer.error().is_final)
        co_await record_refusal(ctx, *payout, transfer.error());
    else
        throw Fail(Errc::unconfirmed, transfer.error().code);
}

}  // namespace liveshop::payouts
