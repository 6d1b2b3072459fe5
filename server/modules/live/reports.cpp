// What people report, and what the marketplace makes of it.
#include "modules/identity/api.hpp"
#include "modules/live/access.hpp"
#include "modules/live/api.hpp"
#include "modules/live/chat.hpp"
#include "modules/live/chat_store.hpp"
#include "modules/live/moderation.hpp"
#include "modules/live/moderation_store.hpp"
#include "modules/live/moves.hpp"
#include "modules/live/routes.hpp"
#include "modules/live/rules.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::live {
namespace {

/// The report with whom it is about, and the row it is one of.
struct Reported {
    NewReport report;
    RowId subject;
};

awaitable<Reported> look_into(Ctx& ctx, const ReportSomething& in, const Stream& stream) {
    Reported out{.report = {.reporter_id = ctx.user(),
                            .kind = in.kind,
                            .stream_id = in.stream_id,
                            .message_id = {},
                            .user_id = {},
                            .reason = in.reason,
                            .note = in.note ? std::optional(in.note->value) : std::nullopt,
                            .excerpt = {}},
                 .subject = {in.stream_id.value}};
    if (in.kind == ReportKind::stream) {
        out.report.user_id = stream.host_id;
    } else if (in.kind == ReportKind::person) {
        if (!in.user_id) throw Fail(Errc::report_incomplete);
        const std::optional<std::string> name = co_await ctx.tx.find(find_person, *in.user_id);
        if (!name) throw Fail(Errc::person_not_found);
        out.report.user_id = in.user_id;
        out.subject = {in.user_id->value};
    } else {
        if (!in.message_id) throw Fail(Errc::report_incomplete);
        std::optional<Message> message = co_await ctx.tx.find(find_message, in.stream_id, *in.message_id);
        if (!message) throw Fail(Errc::message_not_found);
        out.report.message_id = message->id;
        out.report.user_id = message->user_id;
        out.report.excerpt = std::move(message->content);
        out.subject = {message->id.value};
    }
    co_return out;
}

// The same person's second report of the same thing is the first one.
awaitable<ReportReceived> report(Ctx& ctx, ReportSomething in) {
    const Visit at = co_await visit(ctx, in.stream_id, in.invite);
    const Reported reported = co_await look_into(ctx, in, at.stream);
    const std::optional<ReportReceived> received = co_await ctx.tx.find(insert_report, reported.report);
    if (!received) {
        ReportReceived before = co_await ctx.tx.one(find_own_report, ctx.user(), in.kind, reported.subject);
        co_return before;
    }
    co_await jobs::publish(ctx, "live.message_reported", ReportFact{received->id});
    co_return *received;
}

awaitable<ReportList> get_reports(Ctx& ctx, ListReports in) {
    const std::optional<Cursor> cursor = Cursor::parse(in.cursor);
    const std::int64_t limit = in.limit ? in.limit->value : page_rows;
    std::optional<Timestamp> after;
    std::optional<RowId> after_id;
    if (cursor) after = Timestamp{cursor->key}, after_id = cursor->id;
    ReportList list;
    list.reports =
        co_await ctx.tx.all(list_reports, in.status.value_or(ReportStatus::open), after, after_id, limit + 1);
    list.next_cursor = next_cursor(list.reports, limit,
                                   [](const Report& last) { return Cursor{last.created_at.us, {last.id.value}}; });
    co_return list;
}

// A message that its author has deleted meanwhile is gone as well.
awaitable<void> carry_out(Ctx& ctx, const Report& about, const ResolveReport& in) {
    if (in.resolution == Resolution::dismissed) co_return;
    if (in.resolution == Resolution::message_deleted) {
        if (!about.message_id || !about.stream_id) throw Fail(Errc::resolution_does_not_fit);
        const std::optional<Message> message = co_await ctx.tx.find(find_message, *about.stream_id, *about.message_id);
        if (message) co_await delete_one(ctx, *about.stream_id, *about.message_id);
        co_return;
    }
    if (in.resolution == Resolution::person_muted) {
        if (!about.user_id) throw Fail(Errc::resolution_does_not_fit);
        std::optional<std::int64_t> duration_s;
        if (in.mute_duration_s) duration_s = in.mute_duration_s->value;
        co_await mute_in(ctx, std::nullopt, *about.user_id, "Reported by others", duration_s);
        if (about.stream_id) co_await delete_all_of(ctx, *about.stream_id, *about.user_id);
        co_return;
    }
    if (about.kind != ReportKind::stream || !about.stream_id) throw Fail(Errc::resolution_does_not_fit);
    Stream stream = co_await get_stream(ctx, *about.stream_id);
    if (stream_machine.is_final(stream.status)) co_return;
    co_await stop(ctx, std::move(stream), in.answer ? in.answer->value : "Reported by viewers");
}

awaitable<Report> resolve_report(Ctx& ctx, ResolveReport in) {
    const std::optional<Report> open = co_await ctx.tx.find(find_report, in.report_id);
    if (!open) throw Fail(Errc::report_not_found);
    std::optional<std::string> answer;
    if (in.answer) answer = in.answer->value;
    const std::int64_t resolved =
        co_await ctx.tx.count(resolve_reports, in.report_id, in.resolution, std::move(answer), ctx.user());
    if (open->status == ReportStatus::resolved || resolved == 0) throw Fail(Errc::report_resolved);
    co_await carry_out(ctx, *open, in);
    co_await identity::audit(ctx, "report.resolve", in.report_id, in);
    Report done = co_await ctx.tx.one(find_report, in.report_id);
    co_return done;
}

}  // namespace

std::vector<Route> report_routes() {
    return route_table(
        post<report>("/reports")
            .creates()
            .limited({.count = 20, .per_s = 600})
            .fails(Errc::stream_not_found, Errc::message_not_found, Errc::person_not_found, Errc::report_incomplete)
            .says("Tells the marketplace of a message, a person or a stream"),
        get<get_reports>("/admin/reports").by(admins).says("What was reported, the oldest first"),
        post<resolve_report>("/admin/reports/{report_id}/resolve")
            .by(admins)
            .fails(Errc::report_not_found, Errc::report_resolved, Errc::resolution_does_not_fit)
            .says("Decides on a report and all others about the same: nothing, the message goes, the person is muted "
                  "everywhere, the stream is stopped"));
}

}  // namespace liveshop::live
