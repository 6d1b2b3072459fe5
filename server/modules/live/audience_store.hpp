#pragma once
#include "modules/live/api.hpp"
#include "platform/db/query.hpp"

namespace liveshop::live {

inline const db::Query<StreamAudience(catalog::StoreId, Timestamp, Timestamp)> stream_audiences{"live.stream_audiences",
                                                                                                R"(
    select s.id as stream_id, s.title,
           coalesce(s.started_at, s.created_at) as started_at, s.ended_at, s.peak_viewers,
           count(distinct p.user_id) as viewers_count,
           coalesce(sum(case when p.left_at is null and s.ended_at is null
                             then extract(epoch from now() - p.joined_at)::bigint
                             else p.watch_duration_s end), 0)::bigint as watch_time_s
      from live_streams s
      left join stream_participants p on p.stream_id = s.id
     where s.store_id = $1 and s.started_at >= $2 and s.started_at < $3
     group by s.id
     order by s.started_at desc, s.id limit 100
)"};

inline const db::Query<DayViewers(catalog::StoreId, Timestamp, Timestamp, std::string)> day_viewers{"live.day_viewers",
                                                                                                    R"(
    select to_char(p.joined_at at time zone $4, 'YYYY-MM-DD') as day, count(distinct p.user_id) as viewers_count
      from live_streams s
      join stream_participants p on p.stream_id = s.id
     where s.store_id = $1 and p.joined_at >= $2 and p.joined_at < $3
     group by 1 order by 1
)"};

}  // namespace liveshop::live
