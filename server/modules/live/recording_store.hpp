#pragma once
// Recordings and pictures of streams.
#include "modules/live/recording_requests.hpp"
#include "platform/db/transaction.hpp"

namespace liveshop::live {

inline const db::Query<void(StreamId)> close_pins{"live.close_pins", R"(
    update stream_pin_times set unpinned_at = clock_timestamp() where stream_id = $1 and unpinned_at is null
)"};

inline const db::Query<void(StreamId)> insert_recording{"live.insert_recording", R"(
    insert into recordings (stream_id) values ($1) on conflict (tenant_id, stream_id) do nothing
)"};

struct RecordingRow {
    RecordingId id;
    RecordingStatus status = RecordingStatus::processing;
};
BOOST_DESCRIBE_STRUCT(RecordingRow, (), (id, status))

inline const db::Query<RecordingRow(StreamId)> find_recording{"live.find_recording", R"(
    select id, status from recordings where stream_id = $1
)"};

inline const db::Query<RecordingRow(StreamId)> lock_recording{"live.lock_recording", R"(
    select id, status from recordings where stream_id = $1 for no key update
)"};

inline const db::Query<void(RecordingId, RecordingStatus)> finish_recording{"live.finish_recording", R"(
    update recordings set status = $2, ready_at = now() where id = $1
)"};

inline const db::Query<void(RecordingId)> delete_recording{"live.delete_recording", R"(
    delete from recordings where id = $1
)"};

struct RecordingFileRow {
    RecordingFileId id;
    Timestamp started_at;
    std::int64_t duration_ms = 0;
    std::int64_t size_bytes = 0;
    std::string content_type;
};
BOOST_DESCRIBE_STRUCT(RecordingFileRow, (), (id, started_at, duration_ms, size_bytes, content_type))

inline const db::Query<void(RecordingFileId, RecordingId, Timestamp, std::int64_t, std::int64_t, std::string)>
    insert_recording_file{"live.insert_recording_file", R"(
    insert into recording_files (id, recording_id, started_at, duration_ms, size_bytes, content_type)
    values ($1, $2, $3, $4, $5, $6) on conflict do nothing
)"};

inline const db::Query<RecordingFileRow(RecordingId)> list_recording_files{"live.list_recording_files", R"(
    select id, started_at, duration_ms, size_bytes, content_type from recording_files
     where recording_id = $1 order by started_at
)"};

struct PinTimeRow {
    catalog::ProductId product_id;
    Timestamp pinned_at;
    std::optional<Timestamp> unpinned_at;
};
BOOST_DESCRIBE_STRUCT(PinTimeRow, (), (product_id, pinned_at, unpinned_at))

inline const db::Query<PinTimeRow(StreamId)> list_pin_times{"live.list_pin_times", R"(
    select product_id, pinned_at, unpinned_at from stream_pin_times where stream_id = $1 order by pinned_at limit 500
)"};

struct PicturedStream {
    StreamId id;
    std::optional<std::string> thumbnail_url;
};
BOOST_DESCRIBE_STRUCT(PicturedStream, (), (id, thumbnail_url))

inline const db::Query<PicturedStream()> list_pictured{"live.list_pictured", R"(
    select id, thumbnail_url from live_streams where status = 'live'
)"};

inline const db::Query<PicturedStream(StreamId)> find_pictured{"live.find_pictured", R"(
    select id, thumbnail_url from live_streams where id = $1
)"};

inline const db::Query<void(StreamId, std::string)> save_picture{"live.save_picture", R"(
    update live_streams set thumbnail_url = $2, updated_at = now() where id = $1
)"};

struct OldPicture {
    std::string url;
};
BOOST_DESCRIBE_STRUCT(OldPicture, (), (url))

inline const db::Query<std::int64_t(std::string)> count_pictured{"live.count_pictured", R"(
    select count(*) from live_streams where thumbnail_url = $1
)"};

inline const db::Query<StreamId(db::Array<StreamId>)> list_over{"live.list_over", R"(
    select id from live_streams where id = any($1) and status in ('ended', 'cancelled')
)"};

}  // namespace liveshop::live
