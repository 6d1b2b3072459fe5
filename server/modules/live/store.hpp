#pragma once
// Streams, who watches them and what is pinned.
#include "modules/live/cursor.hpp"
#include "modules/live/requests.hpp"
#include "platform/db/transaction.hpp"

namespace liveshop::live {

/// What Stream has, of `live_streams l join stores s`.
inline const std::string stream_columns = R"(
    l.id, l.store_id, s.name as store_name, l.host_id, l.title, l.description, l.type, l.status, l.scheduled_at,
    l.started_at, l.ended_at, l.thumbnail_url, l.viewer_count, l.peak_viewers, l.total_watch_time_s, l.settings,
    exists (select from recordings r where r.stream_id = l.id and r.status = 'ready') as has_recording, l.created_at)";

/// A row of a list, with what its cursor is made of.
struct StreamRow : Stream {
    std::int64_t sort_key = 0;
};
BOOST_DESCRIBE_STRUCT(StreamRow, (Stream), (sort_key))

inline const db::Query<StreamId(catalog::StoreId, UserId, std::string, std::optional<StreamDescription>,
                                std::optional<Timestamp>, StreamType, ChangeStreamSettings)>
    insert_stream{"live.insert_stream", R"(
    insert into live_streams (store_id, host_id, title, description, scheduled_at, type, settings)
    values ($1, $2, $3, $4, $5, $6,
            '{"chat_enabled": true, "reactions_enabled": true, "requests_enabled": true, "slow_mode_s": 0,
              "recording_enabled": true}'::jsonb || $7)
    returning id
)"};

inline const db::Query<Stream(StreamId)> find_stream{"live.find_stream", "select " + stream_columns + R"(
      from live_streams l join stores s on s.id = l.store_id where l.id = $1
)"};

// Private streams are found with the token in their link.
inline const db::Query<Stream(StreamId, std::optional<InviteToken>)> find_invited_stream{
    "live.find_invited_stream", "select " + stream_columns + R"(
      from live_streams l join stores s on s.id = l.store_id
     where l.id = $1 and (l.type = 'public' or l.invite_token = $2)
)"};

// Of what is on, the most watched first, then the latest; of what is announced, the next first, and nothing that should
// have begun hours ago; of what is over, the last first.
inline const db::Query<StreamRow(StreamStatus, std::optional<catalog::StoreId>, std::optional<Text<1, 100>>,
                                 std::optional<Text<1, 100>>, std::optional<std::int64_t>, std::optional<RowId>,
                                 std::int64_t)>
    list_streams{"live.list_streams", "select " + stream_columns + R"(, k.sort_key
      from live_streams l join stores s on s.id = l.store_id
      cross join lateral (
           select case l.status
                  when 'live' then l.viewer_count * 10000000000000 + (extract(epoch from l.started_at) * 1000)::bigint
                  when 'scheduled' then -(extract(epoch from coalesce(l.scheduled_at, l.created_at)) * 1000)::bigint
                  else (extract(epoch from coalesce(l.ended_at, l.updated_at)) * 1000)::bigint end as sort_key) k
     where l.status = $1 and l.type = 'public' and ($2::uuid is null or l.store_id = $2)
       and ($3::text is null or s.category = $3)
       and ($4::text is null or
            strpos(lower(l.title || ' ' || coalesce(l.description, '') || ' ' || s.name), lower($4)) > 0)
       and (l.status <> 'scheduled' or coalesce(l.scheduled_at, l.created_at) > now() - interval '6 hours')
       and ($5::bigint is null or (k.sort_key, l.id) < ($5, $6::uuid))
     order by k.sort_key desc, l.id desc limit $7::bigint
)"};

// In the order of list_streams, those of some stores first.
inline const db::Query<Stream(StreamStatus, db::Array<catalog::StoreId>, std::int64_t)> list_streams_first{
    "live.list_streams_first", "select " + stream_columns + R"(
      from live_streams l join stores s on s.id = l.store_id
     where l.status = $1 and l.type = 'public'
       and (l.status <> 'scheduled' or coalesce(l.scheduled_at, l.created_at) > now() - interval '6 hours')
     order by (l.store_id = any ($2::uuid[])) desc,
              case when l.status = 'live' then l.viewer_count end desc,
              case when l.status = 'scheduled' then coalesce(l.scheduled_at, l.created_at) end,
              l.started_at desc, l.id
     limit $3::bigint
)"};

// The last one first.
inline const db::Query<StreamRow(std::optional<catalog::StoreId>, std::optional<StreamStatus>,
                                 std::optional<Text<1, 100>>, bool, std::optional<std::int64_t>, std::optional<RowId>,
                                 std::int64_t)>
    list_all_streams{"live.list_all_streams", "select " + stream_columns + R"(, k.sort_key
      from live_streams l join stores s on s.id = l.store_id
      cross join lateral (
           select (extract(epoch from coalesce(l.started_at, l.scheduled_at, l.created_at)) * 1000)::bigint
                  as sort_key) k
     where ($1::uuid is null or l.store_id = $1) and ($2::text is null or l.status = $2)
       and ($3::text is null or strpos(lower(l.title || ' ' || s.name), lower($3)) > 0)
       and ($4::boolean or (l.type = 'public' and l.status <> 'cancelled'))
       and ($5::bigint is null or (k.sort_key, l.id) < ($5, $6::uuid))
     order by k.sort_key desc, l.id desc limit $7::bigint
)"};

inline const db::Query<void(StreamId, std::optional<StreamTitle>, std::optional<StreamDescription>,
                            std::optional<Timestamp>, std::optional<StreamType>, ChangeStreamSettings)>
    update_stream{"live.update_stream", R"(
    update live_streams set title = coalesce($2, title), description = coalesce($3, description),
                            scheduled_at = coalesce($4, scheduled_at), type = coalesce($5, type),
                            settings = settings || $6, updated_at = now()
     where id = $1
)"};

inline const db::Query<void(StreamId, StreamStatus, StreamStatus, std::optional<std::string>)> move_stream{
    "live.move_stream", R"(
    update live_streams set status = $3, updated_at = now(), stop_reason = $4,
                            started_at = case when $3 = 'live' then now() else started_at end,
                            ended_at = case when $3 = 'ended' then now() else ended_at end,
                            viewer_count = case when $3 = 'ended' then 0 else viewer_count end
     where id = $1 and status = $2
)"};

inline const db::Query<std::string(StreamId)> find_invite{"live.find_invite", R"(
    select invite_token from live_streams where id = $1
)"};

inline const db::Query<std::string(StreamId)> renew_invite{"live.renew_invite", R"(
    update live_streams
       set invite_token = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), updated_at = now()
     where id = $1 returning invite_token
)"};

// Answers the peak.
inline const db::Query<std::int64_t(StreamId, std::int64_t)> save_viewers{"live.save_viewers", R"(
    update live_streams set viewer_count = $2, peak_viewers = greatest(peak_viewers, $2)
     where id = $1 and status = 'live' returning peak_viewers
)"};

// Of all who reacted, and of those with an account each one's own.
inline const db::Query<void(StreamId, std::int64_t, db::Array<UserId>, db::Array<std::int64_t>)> save_reactions{
    "live.save_reactions", R"(
    with watching as (
        update stream_participants p set reactions_count = p.reactions_count + r.count
          from unnest($3::uuid[], $4::bigint[]) as r (user_id, count)
         where p.stream_id = $1 and p.user_id = r.user_id and p.left_at is null)
    update live_streams set reactions_count = reactions_count + $2 where id = $1
)"};

// Not of a stream that has ended meanwhile. It takes no lock: who comes at that very moment, the job signs off.
inline const db::Query<void(StreamId, db::Array<UserId>, db::Array<Timestamp>)> insert_participants{
    "live.insert_participants", R"(
    insert into stream_participants (stream_id, user_id, joined_at)
    select l.id, c.user_id, least(c.at, now())
      from live_streams l, unnest($2::uuid[], $3::timestamptz[]) as c (user_id, at)
     where l.id = $1 and l.status = 'live'
    on conflict (tenant_id, stream_id, user_id) where left_at is null do nothing
)"};

inline const db::Query<void(StreamId, UserId, Timestamp)> sign_off{"live.sign_off", R"(
    with gone as (
        update stream_participants
           set left_at = greatest($3, joined_at),
               watch_duration_s = greatest(extract(epoch from $3 - joined_at)::bigint, 0)
         where stream_id = $1 and user_id = $2 and left_at is null
        returning watch_duration_s)
    update live_streams set total_watch_time_s = total_watch_time_s + gone.watch_duration_s from gone where id = $1
)"};

// At its end, whenever that is written down.
inline const db::Query<void(StreamId)> sign_off_all{"live.sign_off_all", R"(
    with gone as (
        update stream_participants p
           set left_at = l.ended_at,
               watch_duration_s = greatest(extract(epoch from l.ended_at - p.joined_at)::bigint, 0)
          from live_streams l
         where l.id = $1 and l.ended_at is not null and p.stream_id = l.id and p.left_at is null
        returning p.watch_duration_s),
    watched as (select coalesce(sum(watch_duration_s), 0)::bigint as total_s from gone)
    update live_streams set total_watch_time_s = total_watch_time_s + watched.total_s from watched where id = $1
)"};

inline const db::Query<Participant(StreamId, std::optional<Timestamp>, std::optional<RowId>, std::int64_t)>
    list_participants{"live.list_participants", R"(
    select p.user_id, coalesce(u.profile->>'name', '') as name, bool_or(p.left_at is null) as is_watching,
           min(p.joined_at) as joined_at,
           sum(case when p.left_at is null then greatest(extract(epoch from now() - p.joined_at)::bigint, 0)
                    else p.watch_duration_s end)::bigint as watch_duration_s,
           sum(p.messages_count)::bigint as messages_count, sum(p.reactions_count)::bigint as reactions_count
      from stream_participants p join users u on u.id = p.user_id
     where p.stream_id = $1
     group by p.user_id, u.profile->>'name'
    having $2::timestamptz is null or (min(p.joined_at), p.user_id) > ($2, $3::uuid)
     order by min(p.joined_at), p.user_id limit $4::bigint
)"};

struct StreamCounts {
    std::int64_t participants_count = 0;
    std::int64_t messages_count = 0;
    std::int64_t reactions_count = 0;
    std::int64_t requests_count = 0;
    std::optional<std::string> stop_reason;
};
BOOST_DESCRIBE_STRUCT(StreamCounts, (),
                      (participants_count, messages_count, reactions_count, requests_count, stop_reason))

inline const db::Query<StreamCounts(StreamId)> count_stream{"live.count_stream", R"(
    select (select count(distinct user_id) from stream_participants where stream_id = $1) as participants_count,
           (select count(*) from stream_messages
             where stream_id = $1 and type = 'text' and deleted_at is null) as messages_count,
           reactions_count, (select count(*) from product_requests where stream_id = $1) as requests_count, stop_reason
      from live_streams where id = $1
)"};

// Two who pin at once are counted one after the other.
inline const db::Query<StreamStatus(StreamId)> lock_stream{"live.lock_stream", R"(
    select status from live_streams where id = $1 for no key update
)"};

inline const db::Query<std::int64_t(StreamId, catalog::ProductId)> count_other_pins{"live.count_other_pins", R"(
    select count(*) from stream_pins where stream_id = $1 and product_id <> $2
)"};

// In front of all others.
inline const db::Query<void(StreamId, catalog::ProductId)> insert_pin{"live.insert_pin", R"(
    with pinned as (
        insert into stream_pins (stream_id, product_id, position)
        select $1, $2, coalesce(min(position), 1) - 1 from stream_pins where stream_id = $1
        on conflict (tenant_id, stream_id, product_id)
            do update set pinned_at = clock_timestamp(), position = excluded.position
        returning stream_id, product_id)
    insert into stream_pin_times (stream_id, product_id) select stream_id, product_id from pinned
    on conflict (tenant_id, stream_id, product_id) where unpinned_at is null do nothing
)"};

inline const db::Query<void(StreamId, catalog::ProductId)> delete_pin{"live.delete_pin", R"(
    with unpinned as (
        update stream_pin_times set unpinned_at = clock_timestamp()
         where stream_id = $1 and product_id = $2 and unpinned_at is null)
    delete from stream_pins where stream_id = $1 and product_id = $2
)"};

inline const db::Query<void(StreamId, db::Array<catalog::ProductId>)> order_pins{"live.order_pins", R"(
    update stream_pins p set position = wanted.position
      from unnest($2::uuid[]) with ordinality as wanted (product_id, position)
     where p.stream_id = $1 and p.product_id = wanted.product_id
)"};

inline const db::Query<catalog::ProductId(StreamId)> list_pins{"live.list_pins", R"(
    select product_id from stream_pins where stream_id = $1 order by position, pinned_at desc
)"};

}  // namespace liveshop::live
