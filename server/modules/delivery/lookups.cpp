#include <algorithm>

#include "modules/catalog/api.hpp"
#include "modules/delivery/dispatch.hpp"
#include "modules/delivery/eta.hpp"
#include "modules/delivery/handlers.hpp"
#include "modules/delivery/position_store.hpp"
#include "modules/delivery/store.hpp"
#include "modules/identity/api.hpp"

namespace liveshop::delivery {
namespace {

constexpr Int<100, 50'000> usual_radius_m{5'000};

// By the pace of the last minutes from where the driver is; before that, by what was promised.
awaitable<std::optional<std::int64_t>> eta_of(Ctx& ctx, const Delivery& delivery,
                                              const std::optional<DriverLocation>& location) {
    if (location) {
        const Pace pace = co_await ctx.tx.one(find_pace, delivery.id, pace_window_s);
        co_return eta_s(distance_m({location->lat, location->lng}, point_of(delivery.dropoff_address)), pace);
    }
    if (!is_active(delivery.status) || !delivery.estimated_delivery_at) co_return std::nullopt;
    co_return std::max<std::int64_t>(0, (delivery.estimated_delivery_at->us - ctx.now.us) / 1'000'000);
}

// What is the customer's alone: the code to tell at the door, and the stars that were given.
awaitable<void> add_for_customer(Ctx& ctx, const DeliveryRecord& delivery, Tracking& tracking) {
    const CustomersPart part = co_await ctx.tx.one(find_customers_part, delivery.id);
    if (delivery.needs_code && (is_active(delivery.status) || delivery.status == DeliveryStatus::pending))
        tracking.dropoff_code = part.dropoff_code;
    tracking.rating = part.rating;
    tracking.store_rating = part.store_rating;
}

}  // namespace

awaitable<void> admit(Ctx& ctx, const DeliveryRecord& delivery) {
    if (delivery.customer_id == ctx.user() || delivery.driver_id == ctx.user() || ctx.is(Role::admin)) co_return;
    const std::vector<catalog::Store> stores = co_await catalog::get_stores_of(ctx, ctx.user());
    if (std::ranges::find(stores, delivery.store_id, &catalog::Store::id) == stores.end())
        throw Fail(Errc::delivery_not_found);
}

awaitable<DeliveryList> list_deliveries(Ctx& ctx) {
    std::vector<DeliveryId> delivery_ids = co_await ctx.tx.all(list_deliveries_of_driver, ctx.user());
    DeliveryList list = co_await list_of(ctx, std::move(delivery_ids));
    co_return list;
}

awaitable<DeliveryList> list_nearby_deliveries(Ctx& ctx, NearbyQuery in) {
    std::vector<DeliveryId> delivery_ids =
        co_await ctx.tx.all(list_open_deliveries_near, in.lat, in.lng, in.radius_m.value_or(usual_radius_m));
    DeliveryList list = co_await list_of(ctx, std::move(delivery_ids));
    // Each query is a transaction of its own: a job may have been taken in between.
    std::erase_if(list.deliveries, [](const Delivery& job) { return job.status != DeliveryStatus::pending; });
    co_return list;
}

awaitable<Tracking> track_delivery(Ctx& ctx, DeliveryOf in) {
    const DeliveryRecord delivery = co_await get_record(ctx, in.delivery_id);
    co_await admit(ctx, delivery);
    Tracking tracking;
    tracking.delivery = delivery;
    const bool is_customer = delivery.customer_id == ctx.user();
    if (is_customer) co_await add_for_customer(ctx, delivery, tracking);
    if (!delivery.driver_id) co_return tracking;
    const identity::User driver = co_await identity::get_user(ctx, *delivery.driver_id);
    tracking.driver_name = driver.name;
    tracking.location = co_await ctx.tx.find(find_shown_location, in.delivery_id);
    tracking.eta_s = co_await eta_of(ctx, delivery, tracking.location);
    if (is_active(delivery.status))
        tracking.driver_last_seen_at = co_await ctx.tx.find(find_last_seen, *delivery.driver_id);
    co_return tracking;
}

awaitable<Delivery> set_note_for_driver(Ctx& ctx, NoteForDriver in) {
    const DeliveryRecord before = co_await get_record(ctx, in.delivery_id);
    if (before.customer_id != ctx.user()) throw Fail(Errc::delivery_not_found);
    const std::int64_t changed = co_await ctx.tx.count(set_note, in.delivery_id, in.note);
    if (changed == 0) throw Fail(Errc::not_under_way);
    const DeliveryRecord delivery = co_await get_record(ctx, in.delivery_id);
    co_await tell(ctx, delivery);
    co_return delivery;
}

}  // namespace liveshop::delivery
