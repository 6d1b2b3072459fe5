#pragma once
#include "modules/notify/requests.hpp"
#include "modules/notify/words.hpp"
#include "platform/db/transaction.hpp"

namespace liveshop::notify {

struct Told : Notification {
    UserId user_id;
    bool is_listed = true;
};
BOOST_DESCRIBE_STRUCT(Told, (Notification), (user_id, is_listed))

/// What is said to whoever reads this language.
struct Saying {
    Locale locale = Locale::en;
    std::string title, body;
};
BOOST_DESCRIBE_STRUCT(Saying, (), (locale, title, body))

struct NewNotification {
    Kind kind = Kind::order_paid;
    bool is_usual_in_app = true;
    std::vector<Saying> sayings;
    NotificationLink data;
    Words words;
    std::string tag;
    std::string dedup_key;
};
BOOST_DESCRIBE_STRUCT(NewNotification, (), (kind, is_usual_in_app, sayings, data, words, tag, dedup_key))

// One statement for however many people; whoever was told already is left out.
inline const db::Query<Told(db::Array<NotificationId>, db::Array<UserId>, NewNotification)> insert_notifications{
    "notify.insert_notifications", R"(
    insert into notifications (id, user_id, type, title, body, data, words, tag, dedup_key, is_listed)
    select r.id, r.user_id, $3::jsonb->>'kind', left(w.title, 255), left(w.body, 1000), $3::jsonb->'data',
           $3::jsonb->'words', $3::jsonb->>'tag',
           $3::jsonb->>'dedup_key',
           coalesce(p.is_enabled, ($3::jsonb->>'is_usual_in_app')::boolean)
      from unnest($1::uuid[], $2::uuid[]) r (id, user_id)
      left join notification_settings s on s.user_id = r.user_id
      left join notification_preferences p
             on p.user_id = r.user_id and p.kind = $3::jsonb->>'kind' and p.channel = 'in_app'
      join jsonb_to_recordset($3::jsonb->'sayings') w (locale text, title text, body text)
        on w.locale = coalesce(s.locale, 'en')
    on conflict on constraint notifications_dedup_key do nothing
    returning id, type, title, body, data, is_read, to_jsonb(sent_via) as sent_via, created_at, user_id, is_listed
)"};

// $2: channels that are on here; $3: those that are usual for the kind.
inline const db::Query<SendId(db::Array<NotificationId>, db::Array<std::string>, db::Array<std::string>)> insert_sends{
    "notify.insert_sends", R"(
    insert into notification_sends (notification_id, user_id, channel, push_subscription_id)
    select n.id, n.user_id, c.channel, s.id
      from notifications n
     cross join unnest($2::text[]) c (channel)
      left join notification_preferences p on p.user_id = n.user_id and p.kind = n.type and p.channel = c.channel
      left join push_subscriptions s on c.channel = 'push' and s.user_id = n.user_id
     where n.id = any($1) and coalesce(p.is_enabled, c.channel = any($3)) and (c.channel <> 'push' or s.id is not null)
    on conflict do nothing
    returning id
)"};

inline const db::Query<void(TenantId, std::string, db::Array<SendId>)> insert_send_jobs{"notify.insert_send_jobs", R"(
    insert into jobs (tenant_id, kind, payload)
    select $1, $2, jsonb_build_object('send_id', send_id) from unnest($3::uuid[]) send_id
)"};

struct Outgoing {
    NotificationId notification_id;
    UserId user_id;
    Kind type = Kind::order_paid;
    Channel channel = Channel::push;
    SendStatus status = SendStatus::queued;
    std::int64_t attempts = 0;
    std::string title, body;
    NotificationLink data;
    Words words;
    std::string tag;
    std::int64_t age_s = 0;
    bool is_replaced = false;  ///< a later one of the same tag has been told
    Locale locale = Locale::en;
    std::int64_t minute_of_day = 0;  ///< by the person's clock
    std::optional<std::int64_t> quiet_from, quiet_until;
    std::optional<PushSubscriptionId> push_subscription_id;
    std::optional<DeviceKind> device_kind;
    std::optional<std::string> endpoint;
    std::optional<db::Bytes> p256dh, auth;
};
BOOST_DESCRIBE_STRUCT(Outgoing, (),
                      (notification_id, user_id, type, channel, status, attempts, title, body, data, words, tag, age_s,
                       is_replaced, locale, minute_of_day, quiet_from, quiet_until, push_subscription_id, device_kind,
                       endpoint, p256dh, auth))

inline const db::Query<Outgoing(SendId)> find_outgoing{"notify.find_outgoing", R"(
    select n.id as notification_id, n.user_id, n.type, d.channel, d.status, d.attempts::bigint as attempts, n.title,
           n.body, n.data, n.words, n.tag, extract(epoch from now() - n.created_at)::bigint as age_s,
           exists (select from notifications later
                    where later.user_id = n.user_id and later.tag = n.tag and later.id > n.id) as is_replaced,
           coalesce(s.locale, 'en') as locale,
           (extract(hour from l.at) * 60 + extract(minute from l.at))::bigint as minute_of_day,
           s.quiet_from::bigint as quiet_from, s.quiet_until::bigint as quiet_until, d.push_subscription_id,
           p.kind as device_kind, p.endpoint, p.p256dh, p.auth
      from notification_sends d
      join notifications n on n.id = d.notification_id
      left join notification_settings s on s.user_id = n.user_id
      left join push_subscriptions p on p.id = d.push_subscription_id
     cross join lateral (select now() at time zone coalesce(s.time_zone, 'UTC') as at) l
     where d.id = $1
)"};

inline const db::Query<void(SendId, SendStatus, std::string, std::string)> finish_send{"notify.finish_send", R"(
    update notification_sends set status = $2, attempts = attempts + 1, last_error = nullif($3, ''),
                                  provider_reference = nullif($4, ''), sent_at = case when $2 = 'sent' then now() end
     where id = $1 and status in ('queued', 'failed')
)"};

inline const db::Query<void(SendId, std::string)> note_failure{"notify.note_failure", R"(
    update notification_sends set attempts = attempts + 1, last_error = $2 where id = $1 and status in ('queued', 'failed')
)"};

inline const db::Query<void(NotificationId, std::string)> mark_sent_via{"notify.mark_sent_via", R"(
    update notifications set sent_via = sent_via || $2 where id = $1 and not $2 = any(sent_via)
)"};

struct Shop {
    std::string name;
    std::optional<std::string> host_name;
};
BOOST_DESCRIBE_STRUCT(Shop, (), (name, host_name))

inline const db::Query<Shop(TenantId)> find_shop{"notify.find_shop", R"(
    select name, host_names[1] as host_name from tenants where id = $1
)"};

inline const db::Query<Notification(UserId, std::optional<NotificationId>, bool, std::int64_t)> page_notifications{
    "notify.page_notifications", R"(
    select id, type, title, body, data, is_read, to_jsonb(sent_via) as sent_via, created_at from notifications
     where user_id = $1 and is_listed and ($2::uuid is null or id < $2) and (not $3 or not is_read)
     order by id desc limit $4::bigint
)"};

inline const db::Query<std::int64_t(UserId)> count_unread{"notify.count_unread", R"(
    select count(*) from (select 1 from notifications where user_id = $1 and is_listed and not is_read limit 1000) unread
)"};

inline const db::Query<void(NotificationId, UserId)> mark_read{"notify.mark_read", R"(
    update notifications set is_read = true where id = $1 and user_id = $2
)"};

inline const db::Query<void(UserId)> mark_all_read{"notify.mark_all_read", R"(
    update notifications set is_read = true where user_id = $1 and not is_read
)"};

inline const db::Query<void()> delete_old_notifications{"notify.delete_old", R"(
    delete from notifications where id in (select id from notifications where created_at < now() - interval '90 days'
                                            order by created_at limit 5000)
)"};

inline const db::Query<NotificationSend(std::optional<SendStatus>)> list_sends{"notify.list_sends", R"(
    select d.id, d.notification_id, d.user_id, n.type, d.channel, d.status, d.attempts::bigint as attempts, d.last_error,
           d.provider_reference, d.created_at, d.sent_at
      from notification_sends d join notifications n on n.id = d.notification_id
     where $1::text is null or d.status = $1 order by d.created_at desc limit 100
)"};

}  // namespace liveshop::notify
