#pragma once
// Notifications, and what people want of them.
#include "modules/notify/kinds.hpp"
#include "platform/error.hpp"

namespace liveshop::notify {

struct Notification;
struct NotificationSend;
struct PushSubscription;
using NotificationId = Id<Notification>;
using SendId = Id<NotificationSend>;
using PushSubscriptionId = Id<PushSubscription>;

enum class Errc { notification_not_found, kind_locked, push_not_offered, push_service_unknown };

constexpr ErrorRow describe_error(Errc e) {
    switch (e) {
        case Errc::notification_not_found:
            return {404, "notify.notification_not_found", "There is no such notification"};
        case Errc::kind_locked:
            return {409, "notify.kind_locked", "Messages about the safety of your account cannot be switched off"};
        case Errc::push_not_offered:
            return {409, "notify.push_not_offered", "This shop sends no push messages to devices of that kind"};
        case Errc::push_service_unknown:
            return {422, "notify.push_service_unknown", "This browser's push service is not one this shop sends to"};
    }
    return {500, "internal", "Something went wrong on our side"};
}

/// Where a notification leads.
struct NotificationLink {
    std::string url;  ///< path in the web app, "/orders/…"
};
BOOST_DESCRIBE_STRUCT(NotificationLink, (), (url))

struct Notification {
    NotificationId id;
    Kind type = Kind::order_paid;
    std::string title;
    std::string body;
    NotificationLink data;
    bool is_read = false;
    std::vector<Channel> sent_via;  ///< who else has handed it over by now
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Notification, (), (id, type, title, body, data, is_read, sent_via, created_at))

/// A device that push messages go to: a browser (Web Push) or an installed app (FCM).
enum class DeviceKind { web, fcm };
BOOST_DESCRIBE_ENUM(DeviceKind, web, fcm)

/// One message by one channel, to one device where the channel is push.
enum class SendStatus {
    queued,   ///< to be sent, or to be tried again
    sent,     ///< the provider has it
    skipped,  ///< not wanted any more: too late, replaced, quiet hours, no device
    failed,   ///< refused, or given up after the last try
};
BOOST_DESCRIBE_ENUM(SendStatus, queued, sent, skipped, failed)

}  // namespace liveshop::notify
