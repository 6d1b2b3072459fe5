#include "modules/notify/routes.hpp"

#include "modules/notify/handlers.hpp"
#include "modules/notify/store.hpp"

namespace liveshop::notify {
namespace {

awaitable<std::int64_t> unread_of(Ctx& ctx) {
    const std::int64_t count = co_await ctx.tx.one(count_unread, ctx.user());
    co_return count;
}

awaitable<NotificationList> list_notifications(Ctx& ctx, ListNotifications in) {
    const std::int64_t limit = in.limit ? in.limit->value : 30;
    NotificationList list;
    list.notifications =
        co_await ctx.tx.all(page_notifications, ctx.user(), in.before, in.unread.value_or(false), limit + 1);
    if (std::ssize(list.notifications) > limit) {
        list.notifications.pop_back();
        list.next_before = list.notifications.back().id;
    }
    list.unread_count = co_await unread_of(ctx);
    co_return list;
}

awaitable<UnreadCount> read_notification(Ctx& ctx, ReadNotification in) {
    const std::int64_t found = co_await ctx.tx.count(mark_read, in.notification_id, ctx.user());
    if (found == 0) throw Fail(Errc::notification_not_found);
    const std::int64_t unread = co_await unread_of(ctx);
    co_return UnreadCount{unread};
}

awaitable<UnreadCount> read_all_notifications(Ctx& ctx) {
    co_await ctx.tx.run(mark_all_read, ctx.user());
    co_return UnreadCount{0};
}

awaitable<SendList> list_notification_sends(Ctx& ctx, ListSends in) {
    SendList list;
    list.sends = co_await ctx.tx.all(list_sends, in.status);
    co_return list;
}

}  // namespace

std::vector<Route> routes() {
    constexpr Rate seldom{.count = 60, .per_s = 60};
    return route_table(
        get<list_notifications>("/me/notifications").says("What I was told, the newest first, and how much is unread"),
        put<read_notification>("/me/notifications/{notification_id}/read")
            .fails(Errc::notification_not_found)
            .says("Marks one as read"),
        put<read_all_notifications>("/me/notifications/read").says("Marks all as read"),
        get<get_preferences>("/me/notification-preferences").says("What I am told of, and by which channels"),
        put<change_preferences>("/me/notification-preferences")
            .limited(seldom)
            .fails(Errc::kind_locked)
            .says("Changes what is named; the rest stays"),
        get<list_push_subscriptions>("/me/push-subscriptions").says("My devices that get push messages"),
        post<add_push_subscription>("/me/push-subscriptions")
            .creates()
            .limited(seldom)
            .fails(Errc::push_not_offered, Errc::push_service_unknown)
            .says("Adds a device, or renews it; what it was somebody else's is theirs no more"),
        del<remove_push_subscription>("/me/push-subscriptions/{push_subscription_id}")
            .says("Sends no more push messages to a device"),
        get<list_notification_sends>("/admin/notification-sends")
            .by(admins)
            .says("The log of mails, text messages and push messages: the newest hundred"));
}

std::vector<ConstraintRow> constraints() { return {}; }

}  // namespace liveshop::notify
