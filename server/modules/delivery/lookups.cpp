#include <algorithm>

#include "modules/catalog/api.hpp"
#include "modules/delivery/handlers.hpp"
#include "modules/delivery/moves.hpp"
#include "modules/delivery/position_store.hpp"
#include "modules/delivery/store.hpp"
#include "modules/identity/api.hpp"

namespace liveshop::delivery {
namespace {

constexpr Int<100, 50'000> usual_radius_m{5'000};

// The customer, the driver, the store's people and admins may; to anybody else the delivery does not exist.
awaitable<void> admit(Ctx& ctx, const DeliveryRecord& delivery) {
    if (delivery.customer_id == ctx.user() || delivery.driver_id == ctx.user() || ctx.is(Role::admin)) co_return;
    const std::vector<catalog::Store> stores = co_await catalog::get_stores_of(ctx, ctx.user());
    if (std::ranges::find(stores, delivery.store_id, &catalog::Store::id) == stores.end())
        throw Fail(Errc::delivery_not_found);
}

}  // namespace

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
    Tracking tracking{.delivery = delivery, .driver_name = {}, .location = {}, .eta_s = {}};
    if (!delivery.driver_id) co_return tracking;
    const identity::User driver = co_await identity::get_user(ctx, *delivery.driver_id);
    tracking.driver_name = driver.name;
    tracking.location = co_await ctx.tx.find(find_shown_location, in.delivery_id);
    if (!tracking.location) co_return tracking;
    const Point at{tracking.location->lat, tracking.location->lng};
    tracking.eta_s = eta_s(distance_m(at, point_of(delivery.dropoff_address)), tracking.location->speed);
    co_return tracking;
}

}  // namespace liveshop::delivery
