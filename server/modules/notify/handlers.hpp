#pragma once
#include "modules/notify/requests.hpp"
#include "platform/context.hpp"

namespace liveshop::notify {

awaitable<NotificationPreferences> get_preferences(Ctx& ctx);
awaitable<NotificationPreferences> change_preferences(Ctx& ctx, ChangePreferences in);

awaitable<PushSubscriptionList> list_push_subscriptions(Ctx& ctx);
awaitable<PushSubscription> add_push_subscription(Ctx& ctx, AddPushSubscription in);
awaitable<void> remove_push_subscription(Ctx& ctx, PushSubscriptionOf in);

}  // namespace liveshop::notify
