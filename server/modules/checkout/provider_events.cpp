#include "modules/checkout/provider_events.hpp"

#include "modules/checkout/captures.hpp"
#include "modules/checkout/order_moves.hpp"
#include "modules/checkout/payment_moves.hpp"
#include "modules/checkout/provider_wire.hpp"
#include "modules/checkout/refunds.hpp"
#include "modules/checkout/settings.hpp"
#include "modules/checkout/webhook_signature.hpp"
#include "platform/db/pool.hpp"
#include "platform/log.hpp"

namespace liveshop::checkout {
namespace {

using namespace wire;

constexpr int forget_every_s = 86'400;
constexpr std::int64_t us_per_s = 1'000'000;
constexpr std::size_t name_length_max = 255;

inline const db::Query<TenantId(TenantId)> find_tenant{"checkout.find_tenant", "select id from tenants where id = $1"};
inline const db::Query<void(std::string, std::string, Timestamp)> insert_event{"checkout.insert_event", R"(
    insert into provider_events (event_id, type, created_at) values ($1, $2, $3)
    on conflict on constraint provider_events_key do nothing
)"};
inline const db::Query<void()> delete_old_events{"checkout.delete_old_events", R"(
    delete from provider_events where received_at < now() - interval '60 days'
)"};
inline const db::Query<PaymentId(std::string)> find_payment_of_intent{"checkout.find_payment_of_intent", R"(
    select id from payments where stripe_payment_intent_id = $1
)"};

/// A refund, as an event is compared with it.
struct KnownRefund {
    RefundId id;
    OrderId order_id;
    RefundStatus status = RefundStatus::pending;
};
BOOST_DESCRIBE_STRUCT(KnownRefund, (), (id, order_id, status))

inline const db::Query<KnownRefund(std::optional<RefundId>, std::string)> find_known_refund{
    "checkout.find_known_refund", R"(
    select id, order_id, status from order_refunds
     where id = $1 or ($1::uuid is null and stripe_refund_id = $2)
)"};

/// The object of an event, and what we wrote on it when it was made.
struct Subject {
    const json::object& object;
    std::string id;
    std::optional<TenantId> tenant_id;

    template <class Tag>
    std::optional<Id<Tag>> our_id(std::string_view name) const {
        const json::object* metadata = object_in(object, "metadata");
        return metadata ? Id<Tag>::parse(text_in(*metadata, name)) : std::nullopt;
    }
};

// The job asks the provider where its payments stand, and draws the conclusion.
awaitable<void> ask_again(Ctx& ctx, const PaymentRow& payment) {
    if (payment.status == PaymentStatus::requires_action) {
        const PaymentStatus* const to = payment_machine.next(payment.status, PaymentEvent::recheck);
        if (to) co_await ctx.tx.run(move_payment, payment.id, payment.status, *to);
    }
    co_await jobs::enqueue(ctx, "checkout.finish_attempt", FinishAttempt{payment.attempt_id});
}

// Captured and canceled are final; everything else may have changed since the event was written.
awaitable<void> take_payment(Ctx& ctx, const ProviderEvent& event, const Subject& subject) {
    std::optional<PaymentId> payment_id = subject.our_id<Payment>("payment_id");
    if (!payment_id) payment_id = co_await ctx.tx.find(find_payment_of_intent, subject.id);
    std::optional<PaymentRow> payment;
    if (payment_id) payment = co_await ctx.tx.find(find_payment, *payment_id);
    if (!payment) co_return;
    OrderState order = co_await lock_order(ctx, payment->order_id);
    payment = co_await ctx.tx.one(find_payment, *payment_id);  // as it is under the lock
    const std::string status = text_in(subject.object, "status");
    const bool is_held = payment->status == PaymentStatus::requires_capture;
    const bool is_answered = event.type != "payment_intent.created" && status != "requires_action";  // by the customer
    if (is_held && status == "succeeded") {
        const bool is_whole = integer_in(subject.object, "amount_received") == payment->amount_minor.minor;
        if (is_whole)
            co_await record_capture(ctx, order, payment->id);
        else
            log::error("a payment was captured in part", {{"payment_id", payment->id.to_string()}});
    } else if (is_held && status == "canceled") {
        co_await record_end_of_hold(ctx, order, *payment, "canceled");
    } else if (payment->status == PaymentStatus::cancelled && status == "canceled") {
        co_await ctx.tx.run(mark_voided, payment->id);
    } else if (is_in_doubt(payment->status) || (payment->status == PaymentStatus::requires_action && is_answered)) {
        co_await ask_again(ctx, *payment);
    }
}

awaitable<void> take_refund(Ctx& ctx, const Subject& subject) {
    const std::optional<RefundId> refund_id = subject.our_id<Refund>("refund_id");
    const std::optional<KnownRefund> refund = co_await ctx.tx.find(find_known_refund, refund_id, subject.id);
    if (!refund) {
        log::warning("the provider speaks of a refund that is not ours", {{"stripe_refund_id", subject.id}});
        co_return;
    }
    if (refund->status == RefundStatus::pending)
        co_await jobs::enqueue(ctx, "checkout.refund", SettleRefund{refund->id});
    const bool came_back = refund->status == RefundStatus::succeeded && text_in(subject.object, "status") == "failed";
    if (!came_back) co_return;
    log::error("a refund that had succeeded came back", {{"refund_id", refund->id.to_string()}});
    const OrderState order = co_await lock_order(ctx, refund->order_id);
    const Actor by_system{ActorType::system, std::nullopt};
    co_await note(ctx, order, by_system, "The customer's bank sent a refund back: it is to be paid otherwise");
}

// The row and what comes of the event are one transaction: it is taken once, however often it comes.
awaitable<void> take(Ctx& ctx, ProviderEvent event, Subject subject) {
    const Timestamp created_at{event.created * us_per_s};
    const std::int64_t news = co_await ctx.tx.count(insert_event, event.id, event.type, created_at);
    if (news == 0) co_return;
    if (event.type.starts_with("payment_intent."))
        co_await take_payment(ctx, event, subject);
    else if (event.type.starts_with("refund.") || event.type == "charge.refund.updated")
        co_await take_refund(ctx, subject);
}

// One account at the provider serves all tenants: an event is its tenant's, whoever's address it was sent to.
awaitable<void> take_for(Ctx& ctx, TenantId tenant_id, ProviderEvent event, Subject subject) {
    const std::optional<TenantId> known = co_await ctx.tx.find(find_tenant, tenant_id);
    if (!known) {
        log::warning("the provider speaks of a tenant that is not ours", {{"event_id", event.id}});
        co_return;
    }
    co_await ctx.commit();
    db::Transaction tx = ctx.services.get<db::Pool>().transaction({.tenant = tenant_id, .read_only = false});
    Ctx there{.tenant = tenant_id,
              .principal = std::nullopt,
              .tx = tx,
              .services = ctx.services,
              .now = ctx.now,
              .request_id = ctx.request_id};
    co_await take(there, std::move(event), subject);
    co_await there.commit();
    ctx.has_enqueued = ctx.has_enqueued || there.has_enqueued;
    ctx.sealed.insert(ctx.sealed.end(), there.sealed.begin(), there.sealed.end());
}

ProviderEvent read_event(const json::value& body) {
    const json::object& object = body.as_object();
    ProviderEvent event{.id = text_in(object, "id"),
                        .type = text_in(object, "type"),
                        .created = integer_in(object, "created"),
                        .data = object.contains("data") ? object.at("data") : json::value()};
    if (!event.id.starts_with("evt_") || event.id.size() > name_length_max)
        throw Invalid({{"/id", "must be an event's, evt_…"}});
    if (event.type.empty() || event.type.size() > name_length_max)
        throw Invalid({{"/type", "must be an event's type"}});
    if (event.created < 0 || event.created > Timestamp::now().us / us_per_s + webhook_tolerance_s)
        throw Invalid({{"/created", "must be a time that has come"}});
    return event;
}

awaitable<void> take_provider_event(Ctx& ctx, ProviderEvent event) {
    const json::object* data = event.data.if_object();
    const json::object* object = data ? object_in(*data, "object") : nullptr;
    if (!object) throw Invalid({{"/data/object", "is required"}});
    const json::object whole = *object;
    Subject subject{.object = whole, .id = text_in(whole, "id"), .tenant_id = std::nullopt};
    subject.tenant_id = subject.our_id<Tenant>("tenant_id");
    if (subject.tenant_id && *subject.tenant_id != ctx.tenant)
        co_await take_for(ctx, *subject.tenant_id, std::move(event), subject);
    else
        co_await take(ctx, std::move(event), subject);
}

// The signature is of the bytes as they came, and comes before anything is read of them.
awaitable<std::string> call_signed(Ctx& ctx, const json::value& body) {
    const std::string& secret = ctx.services.get<const Settings>().stripe_webhook_secret;
    const std::string_view header = ctx.request->header("stripe-signature");
    if (!is_signed(ctx.request->body, header, secret, ctx.now.us / us_per_s)) throw Fail(Errc::webhook_signature);
    co_await take_provider_event(ctx, read_event(body));
    co_return std::string();
}

awaitable<void> forget_events(Ctx& ctx, Nothing) { co_await ctx.tx.run(delete_old_events); }

}  // namespace

std::vector<Route> provider_event_routes() {
    constexpr Rate bursts{.count = 6'000, .per_s = 60};
    Route webhook = post<take_provider_event>("/webhooks/stripe")
                        .by(anyone)
                        .limited(bursts)
                        .fails(Errc::webhook_signature)
                        .says("Events of the payment provider, signed by it; each is taken once");
    webhook.call = call_signed;  // the provider's events have more members than we read
    return route_table(std::move(webhook));
}

jobs::Table provider_event_jobs() {
    return {jobs::periodic<forget_events>("checkout.forget_provider_events", forget_every_s)};
}

}  // namespace liveshop::checkout
