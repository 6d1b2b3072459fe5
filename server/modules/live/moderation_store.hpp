#pragma once
// Mutes, moderators, words and reports.
#include "modules/live/chat_requests.hpp"
#include "modules/live/cursor.hpp"
#include "platform/db/transaction.hpp"

namespace liveshop::live {

// With the devices that the person wrote from lately.
inline const db::Query<Mute(std::optional<catalog::StoreId>, UserId, std::string, std::optional<std::string>, UserId,
                            std::optional<std::int64_t>)>
    insert_mute{"live.insert_mute", R"(
    insert into chat_mutes (store_id, user_id, user_name, reason, muted_by, expires_at, device_ids)
    select $1, $2, $3, $4, $5, now() + $6::bigint * interval '1 second',
           coalesce((select array_agg(device_id) from (
               select device_id from stream_messages
                where user_id = $2 and device_id is not null and created_at > now() - interval '30 days'
                group by device_id order by max(created_at) desc limit 5) devices), '{}')
    returning id, user_id, user_name, store_id is null as everywhere, reason, created_at, expires_at
)"};

inline const db::Query<Mute(catalog::StoreId)> list_mutes{"live.list_mutes", R"(
    select id, user_id, user_name, store_id is null as everywhere, reason, created_at, expires_at from chat_mutes
     where store_id = $1 and (expires_at is null or expires_at > now()) order by created_at desc limit 200
)"};

inline const db::Query<UserId(MuteId, catalog::StoreId)> delete_mute{"live.delete_mute", R"(
    delete from chat_mutes where id = $1 and store_id = $2 returning user_id
)"};

// A later mute replaces an earlier one of the same reach.
inline const db::Query<void(std::optional<catalog::StoreId>, UserId)> delete_mutes_of{"live.delete_mutes_of", R"(
    delete from chat_mutes where user_id = $2 and store_id is not distinct from $1::uuid
)"};

inline const db::Query<bool(catalog::StoreId, UserId)> keeps_order{"live.keeps_order", R"(
    select exists (select from chat_moderators where store_id = $1 and user_id = $2)
        or exists (select from stores where id = $1 and owner_id = $2)
        or exists (select from store_staff where store_id = $1 and user_id = $2)
        or exists (select from users where id = $2 and role = 'admin')
)"};

inline const db::Query<std::int64_t(catalog::StoreId)> count_moderators{"live.count_moderators", R"(
    select count(*) from chat_moderators where store_id = $1
)"};

inline const db::Query<void(catalog::StoreId, UserId, UserId)> insert_moderator{"live.insert_moderator", R"(
    insert into chat_moderators (store_id, user_id, appointed_by) values ($1, $2, $3) on conflict do nothing
)"};

inline const db::Query<void(catalog::StoreId, UserId)> delete_moderator{"live.delete_moderator", R"(
    delete from chat_moderators where store_id = $1 and user_id = $2
)"};

inline const db::Query<Moderator(catalog::StoreId)> list_moderators{"live.list_moderators", R"(
    select m.user_id, coalesce(u.profile->>'name', '') as name, m.created_at
      from chat_moderators m join users u on u.id = m.user_id
     where m.store_id = $1 order by m.created_at
)"};

inline const db::Query<std::vector<MutedWord>(StreamId)> find_stream_words{"live.find_stream_words", R"(
    select muted_words from live_streams where id = $1
)"};

inline const db::Query<void(StreamId, std::vector<MutedWord>)> save_stream_words{"live.save_stream_words", R"(
    update live_streams set muted_words = $2, updated_at = now() where id = $1
)"};

inline const db::Query<std::vector<MutedWord>()> find_tenant_words{"live.find_tenant_words", R"(
    select words from muted_words
)"};

inline const db::Query<void(std::vector<MutedWord>)> save_tenant_words{"live.save_tenant_words", R"(
    insert into muted_words (words) values ($1)
    on conflict (tenant_id) do update set words = excluded.words, updated_at = now()
)"};

struct NewReport {
    UserId reporter_id;
    ReportKind kind;
    StreamId stream_id;
    std::optional<MessageId> message_id;
    std::optional<UserId> user_id;
    ReportReason reason;
    std::optional<std::string> note;
    std::optional<std::string> excerpt;
};
BOOST_DESCRIBE_STRUCT(NewReport, (), (reporter_id, kind, stream_id, message_id, user_id, reason, note, excerpt))

inline const db::Query<ReportReceived(NewReport)> insert_report{"live.insert_report", R"(
    insert into reports (reporter_id, kind, stream_id, message_id, user_id, reason, note, excerpt)
    select reporter_id, kind, stream_id, message_id, user_id, reason, note, excerpt
      from jsonb_to_record($1) as n(reporter_id uuid, kind text, stream_id uuid, message_id uuid, user_id uuid,
                                    reason text, note text, excerpt text)
    on conflict (tenant_id, reporter_id, kind, subject_id) do nothing
    returning id, status
)"};

inline const db::Query<ReportReceived(UserId, ReportKind, RowId)> find_own_report{"live.find_own_report", R"(
    select id, status from reports where reporter_id = $1 and kind = $2 and subject_id = $3
)"};

inline const std::string report_columns = R"(
    r.id, r.kind, r.reason, r.note, r.status, r.reporter_id, coalesce(reporter.profile->>'name', '') as reporter_name,
    r.stream_id, l.title as stream_title, r.message_id, r.excerpt, r.user_id, accused.profile->>'name' as user_name,
    (select count(*) from reports o where o.kind = r.kind and o.subject_id = r.subject_id) as reports_count,
    r.resolution, r.answer, r.resolved_at, r.created_at
      from reports r join users reporter on reporter.id = r.reporter_id
      left join users accused on accused.id = r.user_id
      left join live_streams l on l.id = r.stream_id)";

inline const db::Query<Report(ReportId)> find_report{"live.find_report",
                                                     "select " + report_columns + " where r.id = $1"};

inline const db::Query<Report(ReportStatus, std::optional<Timestamp>, std::optional<RowId>, std::int64_t)> list_reports{
    "live.list_reports", "select " + report_columns + R"(
     where r.status = $1 and ($2::timestamptz is null or (r.created_at, r.id) > ($2, $3::uuid))
     order by r.created_at, r.id limit $4::bigint
)"};

// Of all reports about the same.
inline const db::Query<void(ReportId, Resolution, std::optional<std::string>, UserId)> resolve_reports{
    "live.resolve_reports", R"(
    update reports r set status = 'resolved', resolution = $2, answer = $3, resolved_by = $4, resolved_at = now()
      from reports this
     where this.id = $1 and r.kind = this.kind and r.subject_id = this.subject_id and r.status = 'open'
)"};

}  // namespace liveshop::live
