#pragma once
#include "modules/notify/requests.hpp"
#include "platform/db/transaction.hpp"

namespace liveshop::notify {

inline const db::Query<PreferenceChange(UserId)> list_preferences{"notify.list_preferences", R"(
    select kind, channel, is_enabled from notification_preferences where user_id = $1
)"};

inline const db::Query<void(UserId, std::vector<PreferenceChange>)> save_preferences{"notify.save_preferences", R"(
    insert into notification_preferences (user_id, kind, channel, is_enabled)
    select distinct on (c.kind, c.channel) $1, c.kind, c.channel, c.is_enabled
      from jsonb_to_recordset($2) c (kind text, channel text, is_enabled boolean)
    on conflict (tenant_id, user_id, kind, channel) do update set is_enabled = excluded.is_enabled, updated_at = now()
)"};

struct PersonSettings {
    Locale locale = Locale::en;
    std::string time_zone;
    std::optional<std::int64_t> quiet_from, quiet_until;
};
BOOST_DESCRIBE_STRUCT(PersonSettings, (), (locale, time_zone, quiet_from, quiet_until))

inline const db::Query<PersonSettings(UserId)> find_settings{"notify.find_settings", R"(
    select locale, time_zone, quiet_from::bigint as quiet_from, quiet_until::bigint as quiet_until
      from notification_settings where user_id = $1
)"};

inline const db::Query<void(UserId, Locale, std::string, std::optional<std::int64_t>, std::optional<std::int64_t>)>
    save_settings{"notify.save_settings", R"(
    insert into notification_settings (user_id, locale, time_zone, quiet_from, quiet_until)
    values ($1, $2, $3, $4::bigint::int, $5::bigint::int)
    on conflict (tenant_id, user_id) do update set locale = excluded.locale, time_zone = excluded.time_zone,
        quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, updated_at = now()
)"};

inline const db::Query<bool(std::string)> is_time_zone{"notify.is_time_zone", R"(
    select exists (select from pg_timezone_names where name = $1)
)"};

// A browser that somebody else used is this person's now: what is on its way to the other one must not come here.
inline const db::Query<void(std::string, UserId)> take_from_others{"notify.take_endpoint_from_others", R"(
    delete from push_subscriptions where endpoint = $1 and user_id <> $2
)"};

inline const db::Query<PushSubscription(UserId, DeviceKind, std::string, std::optional<db::Bytes>,
                                        std::optional<db::Bytes>, std::optional<std::string>)>
    save_subscription{"notify.save_subscription", R"(
    insert into push_subscriptions (user_id, kind, endpoint, p256dh, auth, device_name) values ($1, $2, $3, $4, $5, $6)
    on conflict on constraint push_subscriptions_endpoint_key do update
        set kind = excluded.kind, p256dh = excluded.p256dh, auth = excluded.auth, device_name = excluded.device_name,
            updated_at = now()
    returning id, kind, endpoint, device_name, created_at
)"};

inline const db::Query<void(UserId, std::int64_t)> drop_oldest_subscriptions{"notify.drop_oldest_subscriptions", R"(
    delete from push_subscriptions where id in (select id from push_subscriptions where user_id = $1
                                                 order by updated_at desc offset $2::bigint)
)"};

inline const db::Query<PushSubscription(UserId)> list_subscriptions{"notify.list_subscriptions", R"(
    select id, kind, endpoint, device_name, created_at from push_subscriptions where user_id = $1 order by created_at
)"};

inline const db::Query<void(PushSubscriptionId, UserId)> delete_subscription{"notify.delete_subscription", R"(
    delete from push_subscriptions where id = $1 and user_id = $2
)"};

inline const db::Query<void(PushSubscriptionId)> forget_subscription{"notify.forget_subscription", R"(
    delete from push_subscriptions where id = $1
)"};

}  // namespace liveshop::notify
