#pragma once
#include "modules/live/requests.hpp"
#include "platform/db/transaction.hpp"

namespace liveshop::live {

inline const db::Query<StreamId(catalog::StoreId, UserId, std::string, std::optional<Text<0, 5000>>,
                                std::optional<Timestamp>, StreamType)>
    insert_stream{"live.insert_stream", R"(
    insert into live_streams (store_id, host_id, title, description, scheduled_at, type) values ($1, $2, $3, $4, $5, $6)
    returning id
)"};

inline const db::Query<Stream(StreamId)> find_stream{"live.find_stream", R"(
    select l.id, l.store_id, s.name as store_name, l.host_id, l.title, l.description, l.type, l.status, l.scheduled_at,
           l.started_at, l.ended_at, l.thumbnail_url, l.viewer_count, l.peak_viewers, l.total_watch_time_s, l.created_at
      from live_streams l join stores s on s.id = l.store_id where l.id = $1
)"};

// Private streams are found by their link only.
inline const db::Query<Stream(StreamStatus, std::optional<catalog::StoreId>)> list_streams{"live.list_streams", R"(
    select l.id, l.store_id, s.name as store_name, l.host_id, l.title, l.description, l.type, l.status, l.scheduled_at,
           l.started_at, l.ended_at, l.thumbnail_url, l.viewer_count, l.peak_viewers, l.total_watch_time_s, l.created_at
      from live_streams l join stores s on s.id = l.store_id
     where l.status = $1 and l.type = 'public' and ($2::uuid is null or l.store_id = $2)
     order by l.viewer_count desc, coalesce(l.started_at, l.scheduled_at, l.created_at) desc limit 100
)"};

inline const db::Query<void(StreamId, std::optional<Text<1, 255>>, std::optional<Text<0, 5000>>,
                            std::optional<Timestamp>)>
    update_stream{"live.update_stream", R"(
    update live_streams set title = coalesce($2, title), description = coalesce($3, description),
                            scheduled_at = coalesce($4, scheduled_at), updated_at = now()
     where id = $1
)"};

inline const db::Query<void(StreamId, StreamStatus, StreamStatus)> move_stream{"live.move_stream", R"(
    update live_streams set status = $3, updated_at = now(),
                            started_at = case when $3 = 'live' then now() else started_at end,
                            ended_at = case when $3 = 'ended' then now() else ended_at end,
                            viewer_count = case when $3 = 'ended' then 0 else viewer_count end
     where id = $1 and status = $2
)"};

// Answers the peak.
inline const db::Query<std::int64_t(StreamId, std::int64_t)> save_viewers{"live.save_viewers", R"(
    update live_streams set viewer_count = $2, peak_viewers = greatest(peak_viewers, $2)
     where id = $1 and status = 'live' returning peak_viewers
)"};

// Not of a stream that has ended meanwhile. It takes no lock: who comes at that very moment, the job signs off.
inline const db::Query<void(StreamId, UserId)> insert_participant{"live.insert_participant", R"(
    insert into stream_participants (stream_id, user_id)
    select id, $2 from live_streams where id = $1 and status = 'live'
    on conflict (tenant_id, stream_id, user_id) where left_at is null do nothing
)"};

inline const db::Query<void(StreamId, UserId)> sign_off{"live.sign_off", R"(
    with gone as (
        update stream_participants
           set left_at = now(), watch_duration_s = extract(epoch from now() - joined_at)::bigint
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

inline const db::Query<Message(StreamId, UserId, std::string, MessageType, std::string)> insert_message{
    "live.insert_message", R"(
    insert into stream_messages (stream_id, user_id, user_name, type, content) values ($1, $2, $3, $4, $5)
    returning id, stream_id, user_id, user_name, type, content, created_at
)"};

inline const db::Query<Message(StreamId, std::optional<Timestamp>)> list_messages{"live.list_messages", R"(
    select * from (
        select id, stream_id, user_id, user_name, type, content, created_at from stream_messages
         where stream_id = $1 and ($2::timestamptz is null or created_at < $2) order by created_at desc limit 100) newest
     order by created_at
)"};

// Two who pin at once are counted one after the other.
inline const db::Query<StreamStatus(StreamId)> lock_stream{"live.lock_stream", R"(
    select status from live_streams where id = $1 for no key update
)"};

inline const db::Query<std::int64_t(StreamId, catalog::ProductId)> count_other_pins{"live.count_other_pins", R"(
    select count(*) from stream_pins where stream_id = $1 and product_id <> $2
)"};

inline const db::Query<void(StreamId, catalog::ProductId)> insert_pin{"live.insert_pin", R"(
    insert into stream_pins (stream_id, product_id) values ($1, $2)
    on conflict (tenant_id, stream_id, product_id) do update set pinned_at = clock_timestamp()
)"};

inline const db::Query<void(StreamId, catalog::ProductId)> delete_pin{"live.delete_pin", R"(
    delete from stream_pins where stream_id = $1 and product_id = $2
)"};

inline const db::Query<catalog::ProductId(StreamId)> list_pins{"live.list_pins", R"(
    select product_id from stream_pins where stream_id = $1 order by pinned_at desc
)"};

}  // namespace liveshop::live
