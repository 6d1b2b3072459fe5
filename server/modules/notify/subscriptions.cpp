#include "modules/notify/handlers.hpp"
#include "modules/notify/preferences_store.hpp"
#include "modules/notify/senders.hpp"

namespace liveshop::notify {
namespace {

constexpr std::int64_t devices_max = 20;

// A browser's keys, checked; none of an app.
std::optional<PushKeys> keys_of(const AddPushSubscription& in, const Settings& settings) {
    if (in.kind == DeviceKind::fcm) {
        if (settings.fcm_private_key.empty()) throw Fail(Errc::push_not_offered);
        return std::nullopt;
    }
    if (settings.vapid_private_key.empty()) throw Fail(Errc::push_not_offered);
    if (!PushServices(settings.web_push_services).origin_of(in.endpoint.value)) throw Fail(Errc::push_service_unknown);
    if (!in.p256dh || !in.auth) throw Invalid({{"/p256dh", "is required of a browser, and so is auth"}});
    std::optional<PushKeys> keys = read_push_keys(in.p256dh->value, in.auth->value);
    if (!keys) throw Invalid({{"/p256dh", "must be a point of P-256, and auth 16 bytes, both in base64url"}});
    return keys;
}

}  // namespace

awaitable<PushSubscriptionList> list_push_subscriptions(Ctx& ctx) {
    PushSubscriptionList list;
    const std::string key = vapid_public_key(ctx.services.get<const Settings>());
    if (!key.empty()) list.vapid_public_key = key;
    list.push_subscriptions = co_await ctx.tx.all(list_subscriptions, ctx.user());
    co_return list;
}

awaitable<PushSubscription> add_push_subscription(Ctx& ctx, AddPushSubscription in) {
    const std::optional<PushKeys> keys = keys_of(in, ctx.services.get<const Settings>());
    std::optional<db::Bytes> p256dh, auth;
    std::optional<std::string> device_name;
    if (keys) {
        p256dh = db::Bytes{keys->p256dh};
        auth = db::Bytes{keys->auth};
    }
    if (in.device_name) device_name = in.device_name->value;
    co_await ctx.tx.run(take_from_others, in.endpoint.value, ctx.user());
    PushSubscription added =
        co_await ctx.tx.one(save_subscription, ctx.user(), in.kind, in.endpoint.value, p256dh, auth, device_name);
    co_await ctx.tx.run(drop_oldest_subscriptions, ctx.user(), devices_max);
    co_return added;
}

awaitable<void> remove_push_subscription(Ctx& ctx, PushSubscriptionOf in) {
    co_await ctx.tx.run(delete_subscription, in.push_subscription_id, ctx.user());
}

}  // namespace liveshop::notify
