// Lists of streams: for everybody, of a store, of the marketplace; and one of them.
#include "modules/catalog/api.hpp"
#include "modules/identity/api.hpp"
#include "modules/live/access.hpp"
#include "modules/live/api.hpp"
#include "modules/live/moves.hpp"
#include "modules/live/routes.hpp"
#include "modules/live/store.hpp"

namespace liveshop::live {
namespace {

struct Page {
    std::int64_t limit;
    std::optional<std::int64_t> after_key;
    std::optional<RowId> after_id;
};

template <class In>
Page page_of(const In& in) {
    const std::optional<Cursor> cursor = Cursor::parse(in.cursor);
    Page page{.limit = in.limit ? in.limit->value : page_rows, .after_key = {}, .after_id = {}};
    if (cursor) page.after_key = cursor->key, page.after_id = cursor->id;
    return page;
}

StreamList list_of(std::vector<StreamRow> rows, const Page& page) {
    StreamList list;
    list.next_cursor =
        next_cursor(rows, page.limit, [](const StreamRow& row) { return Cursor{row.sort_key, {row.id.value}}; });
    for (StreamRow& row : rows) list.streams.push_back(std::move(row));
    return list;
}

awaitable<StreamList> get_streams(Ctx& ctx, ListStreams in) {
    const Page page = page_of(in);
    std::vector<StreamRow> rows = co_await ctx.tx.all(list_streams, in.status.value_or(StreamStatus::live), in.store_id,
                                                      in.category, in.q, page.after_key, page.after_id, page.limit + 1);
    co_return list_of(std::move(rows), page);
}

awaitable<StreamList> get_store_streams(Ctx& ctx, ListStoreStreams in) {
    const Page page = page_of(in);
    const catalog::Store store = co_await catalog::get_store(ctx, in.store_id);
    const bool own = co_await catalog::is_own_store(ctx, store);
    std::vector<StreamRow> rows = co_await ctx.tx.all(list_all_streams, in.store_id, in.status, std::nullopt, own,
                                                      page.after_key, page.after_id, page.limit + 1);
    co_return list_of(std::move(rows), page);
}

awaitable<Stream> get_one_stream(Ctx& ctx, VisitStream in) {
    Visit found = co_await visit(ctx, in.stream_id, std::move(in.invite));
    co_return std::move(found.stream);
}

awaitable<StreamList> get_all_streams(Ctx& ctx, ListAllStreams in) {
    const Page page = page_of(in);
    std::vector<StreamRow> rows = co_await ctx.tx.all(list_all_streams, std::nullopt, in.status, in.q, true,
                                                      page.after_key, page.after_id, page.limit + 1);
    co_return list_of(std::move(rows), page);
}

awaitable<Stream> stop_stream(Ctx& ctx, StopStream in) {
    Stream stream = co_await get_stream(ctx, in.stream_id);
    stream = co_await stop(ctx, std::move(stream), in.reason.value);
    co_await identity::audit(ctx, "stream.stop", in.stream_id, in);
    co_return stream;
}

}  // namespace

awaitable<std::vector<Stream>> list_public_streams(Ctx& ctx, StreamStatus status, std::vector<catalog::StoreId> first,
                                                   std::int64_t limit) {
    std::vector<Stream> streams = co_await ctx.tx.all(list_streams_first, status, {std::move(first)}, limit);
    co_return streams;
}

std::vector<Route> stream_list_routes() {
    return route_table(
        get<get_streams>("/streams")
            .by(anyone)
            .says("Public streams, live ones unless another status is asked for: the most watched first, the next to "
                  "come first, the last that ended first"),
        get<get_one_stream>("/streams/{stream_id}").by(anyone).fails(Errc::stream_not_found).says("One stream"),
        get<get_store_streams>("/stores/{store_id}/streams")
            .by(anyone)
            .fails(catalog::Errc::store_not_found)
            .says("A store's streams, the last one first; its own people see private and cancelled ones, too"),
        get<get_all_streams>("/admin/streams").by(admins).says("Every stream of the marketplace, the last one first"),
        post<stop_stream>("/admin/streams/{stream_id}/stop")
            .by(admins)
            .fails(Errc::stream_not_found, Errc::stream_over)
            .says("Ends a stream that is live, calls off one that is planned, and tells its store why"));
}

}  // namespace liveshop::live
