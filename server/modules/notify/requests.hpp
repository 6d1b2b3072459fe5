#pragma once
// What the endpoints of notify take and answer.
#include "modules/notify/types.hpp"

namespace liveshop::notify {

struct ListNotifications {                 // GET /me/notifications
    std::optional<NotificationId> before;  ///< only older ones: `next_before` of the page above
    std::optional<Int<1, 100>> limit;      ///< 30 if left out
    std::optional<bool> unread;            ///< only those
};
BOOST_DESCRIBE_STRUCT(ListNotifications, (), (before, limit, unread))

struct NotificationList {
    std::vector<Notification> notifications;  ///< the newest first
    std::int64_t unread_count = 0;            ///< 1,000 stands for that many or more
    std::optional<NotificationId> next_before;
};
BOOST_DESCRIBE_STRUCT(NotificationList, (), (notifications, unread_count, next_before))

struct ReadNotification {  // PUT /me/notifications/{notification_id}/read
    NotificationId notification_id;
};
BOOST_DESCRIBE_STRUCT(ReadNotification, (), (notification_id))

struct UnreadCount {
    std::int64_t unread_count = 0;
};
BOOST_DESCRIBE_STRUCT(UnreadCount, (), (unread_count))

/// Event notification:new
struct NotificationTold {
    Notification notification;
};
BOOST_DESCRIBE_STRUCT(NotificationTold, (), (notification))

struct ChannelPreference {
    Channel channel = Channel::in_app;
    bool is_enabled = false;
};
BOOST_DESCRIBE_STRUCT(ChannelPreference, (), (channel, is_enabled))

struct KindPreference {
    Kind kind = Kind::order_paid;
    bool is_locked = false;
    std::vector<ChannelPreference> channels;
};
BOOST_DESCRIBE_STRUCT(KindPreference, (), (kind, is_locked, channels))

/// No push and no text messages from `from` until `until` ("22:00", by the person's clock), which may be the next day.
struct QuietHours {
    Text<5, 5> from;
    Text<5, 5> until;
};
BOOST_DESCRIBE_STRUCT(QuietHours, (), (from, until))

/// Languages that messages are written in.
enum class Locale { en };
BOOST_DESCRIBE_ENUM(Locale, en)

struct NotificationPreferences {        // GET and PUT /me/notification-preferences
    std::vector<Channel> available;     ///< channels this shop sends by
    std::vector<KindPreference> kinds;  ///< those that concern the caller
    std::optional<QuietHours> quiet_hours;
    std::string time_zone;
    Locale locale = Locale::en;
};
BOOST_DESCRIBE_STRUCT(NotificationPreferences, (), (available, kinds, quiet_hours, time_zone, locale))

struct PreferenceChange {
    Kind kind = Kind::order_paid;
    Channel channel = Channel::in_app;
    bool is_enabled = false;
};
BOOST_DESCRIBE_STRUCT(PreferenceChange, (), (kind, channel, is_enabled))

struct ChangePreferences {  // PUT /me/notification-preferences
    std::optional<std::vector<PreferenceChange>> changes;
    std::optional<QuietHours> quiet_hours;
    std::optional<bool> has_quiet_hours;   ///< false takes them away
    std::optional<Text<1, 64>> time_zone;  ///< of the IANA database: "Europe/Berlin"
    std::optional<Locale> locale;
};
BOOST_DESCRIBE_STRUCT(ChangePreferences, (), (changes, quiet_hours, has_quiet_hours, time_zone, locale))

struct AddPushSubscription {  // POST /me/push-subscriptions
    DeviceKind kind = DeviceKind::web;
    Text<1, 1000> endpoint;                   ///< PushSubscription.endpoint, or the app's FCM token
    std::optional<Text<1, 100>> p256dh;       ///< of a browser: base64url, as PushSubscription.toJSON() gives it
    std::optional<Text<1, 50>> auth;          ///< the same
    std::optional<Text<1, 100>> device_name;  ///< "Firefox on Linux"
};
BOOST_DESCRIBE_STRUCT(AddPushSubscription, (), (kind, endpoint, p256dh, auth, device_name))

struct PushSubscription {
    PushSubscriptionId id;
    DeviceKind kind = DeviceKind::web;
    std::string endpoint;
    std::optional<std::string> device_name;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(PushSubscription, (), (id, kind, endpoint, device_name, created_at))

struct PushSubscriptionList {                     // GET /me/push-subscriptions
    std::optional<std::string> vapid_public_key;  ///< applicationServerKey of browsers; absent: no Web Push here
    std::vector<PushSubscription> push_subscriptions;
};
BOOST_DESCRIBE_STRUCT(PushSubscriptionList, (), (vapid_public_key, push_subscriptions))

struct PushSubscriptionOf {  // DELETE /me/push-subscriptions/{push_subscription_id}
    PushSubscriptionId push_subscription_id;
};
BOOST_DESCRIBE_STRUCT(PushSubscriptionOf, (), (push_subscription_id))

struct ListSends {  // GET /admin/notification-sends
    std::optional<SendStatus> status;
};
BOOST_DESCRIBE_STRUCT(ListSends, (), (status))

struct NotificationSend {
    SendId id;
    NotificationId notification_id;
    UserId user_id;
    Kind type = Kind::order_paid;
    Channel channel = Channel::push;
    SendStatus status = SendStatus::queued;
    std::int64_t attempts = 0;
    std::optional<std::string> last_error;
    std::optional<std::string> provider_reference;  ///< Twilio's sid, FCM's name, the mail's Message-ID
    Timestamp created_at;
    std::optional<Timestamp> sent_at;
};
BOOST_DESCRIBE_STRUCT(NotificationSend, (),
                      (id, notification_id, user_id, type, channel, status, attempts, last_error, provider_reference,
                       created_at, sent_at))

struct SendList {
    std::vector<NotificationSend> sends;  ///< the newest hundred
};
BOOST_DESCRIBE_STRUCT(SendList, (), (sends))

}  // namespace liveshop::notify
