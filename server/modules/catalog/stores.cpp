#include "modules/catalog/api.hpp"
#include "modules/catalog/handlers.hpp"
#include "modules/catalog/rules.hpp"
#include "modules/catalog/store.hpp"
#include "modules/identity/api.hpp"
#include "platform/api/route.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/pictures/pictures.hpp"
#include "platform/storage.hpp"

namespace liveshop::catalog {
namespace {

constexpr std::int64_t stores_a_page = 50;
constexpr int picture_edge_px_max = 1600;

awaitable<void> check_time_zone(Ctx& ctx, const std::optional<Text<1, 64>>& name) {
    if (!name) co_return;
    const bool known = co_await ctx.tx.one(knows_time_zone, *name);
    if (!known) throw Invalid({{"/time_zone", "must be a name of the IANA time zone database, like Europe/Berlin"}});
}

// Why it was rejected is between its people and the platform.
Store as_seen(Store store, bool own) {
    if (!own) store.verification_note.reset();
    return store;
}

}  // namespace

awaitable<StorePage> get_stores(Ctx& ctx, ListStores in) {
    std::vector<FieldError> faults = faults_of(in);
    if (!faults.empty()) throw Invalid(std::move(faults));
    const std::int64_t limit = in.limit ? in.limit->value : stores_a_page;
    const StoreFilters filters{.q = in.q,
                               .category = in.category,
                               .lat = in.lat,
                               .lng = in.lng,
                               .within_m = in.within_m,
                               .delivers_here = in.delivers_here,
                               .open_now = in.open_now,
                               .after = read_cursor<StorePlace>(in.cursor)};
    std::vector<FoundStore> found = co_await ctx.tx.all(search_stores, filters, static_cast<int>(limit + 1));
    StorePage page;
    if (std::ssize(found) > limit) {
        found.pop_back();
        page.next_cursor = write_cursor(StorePlace{found.back().score, found.back().name, found.back().id});
    }
    std::vector<StoreId> ids;
    for (const FoundStore& store : found) ids.push_back(store.id);
    std::vector<Store> stores = co_await ctx.tx.all(find_stores, db::Array<StoreId>{std::move(ids)});
    for (std::size_t i = 0; i < stores.size() && i < found.size(); ++i)
        page.stores.push_back({as_seen(std::move(stores[i]), false), found[i].distance_m});
    co_return page;
}

awaitable<StoreList> get_my_stores(Ctx& ctx) {
    StoreList list;
    list.stores = co_await ctx.tx.all(list_stores_of, ctx.user());
    co_return list;
}

// Nobody else sees a store before it is verified.
awaitable<Store> get_one_store(Ctx& ctx, StoreOf in) {
    Store store = co_await get_store(ctx, in.store_id);
    const bool own = co_await is_own_store(ctx, store);
    if (!own && store.verification_status != VerificationStatus::verified) throw Fail(Errc::store_not_found);
    co_return as_seen(std::move(store), own);
}

awaitable<Store> create_store(Ctx& ctx, CreateStore in) {
    co_await check_time_zone(ctx, in.time_zone);
    const StoreId store_id = co_await ctx.tx.one(insert_store, ctx.user(), in);
    Store store = co_await get_store(ctx, store_id);
    co_return store;
}

awaitable<Store> change_store(Ctx& ctx, UpdateStore in) {
    std::vector<FieldError> faults = faults_of(in);
    if (!faults.empty()) throw Invalid(std::move(faults));
    const Store before = co_await get_own_store(ctx, in.store_id);
    if (before.closed_at) throw Fail(Errc::store_closed_down);
    co_await check_time_zone(ctx, in.time_zone);
    co_await ctx.tx.run(update_store, in);
    Store store = co_await get_store(ctx, in.store_id);
    co_return store;
}

// No order can be placed at it while the holds are asked; its rows, its orders and its ledger stay.
awaitable<void> close_store(Ctx& ctx, StoreOf in) {
    co_await get_managed_store(ctx, in.store_id);
    co_await ctx.tx.run(lock_store_row, in.store_id);
    std::string reasons;
    for (const ClosingHold& hold : ctx.services.get<const ClosingHolds>()) {
        const std::optional<std::string> reason = co_await hold.reason(ctx, in.store_id);
        if (reason) reasons += (reasons.empty() ? "" : " ") + *reason;
    }
    if (!reasons.empty()) throw Fail(Errc::store_in_use, reasons);
    const std::int64_t closed = co_await ctx.tx.count(close_store_down, in.store_id);
    if (closed == 0) throw Fail(Errc::store_closed_down);
    co_await identity::audit(ctx, "store.close", in.store_id, Nothing{});
    co_await jobs::publish(ctx, "catalog.store_closed", StoreFact{in.store_id});
}

// The picture is made anew while no transaction is open.
awaitable<UploadedPicture> upload_store_picture(Ctx& ctx, StoreOf in) {
    co_await get_own_store(ctx, in.store_id);
    co_await ctx.commit();
    auto picture =
        co_await ctx.services.get<pictures::Studio>().develop(std::string(ctx.request->body), picture_edge_px_max);
    if (!picture) throw Fail(PlatformErrc::not_a_picture);
    std::string url = co_await ctx.services.get<Storage>().keep(ctx.tenant, std::move(picture->webp), ".webp");
    co_return UploadedPicture{std::move(url), picture->width, picture->height};
}

}  // namespace liveshop::catalog
