// A store's own view of its deliveries, and its own hand in them.
#include "modules/catalog/api.hpp"
#include "modules/checkout/api.hpp"
#include "modules/delivery/dispatch.hpp"
#include "modules/delivery/handlers.hpp"
#include "modules/delivery/outcomes.hpp"
#include "modules/delivery/position_store.hpp"
#include "modules/delivery/store.hpp"
#include "modules/identity/api.hpp"

namespace liveshop::delivery {
namespace {

awaitable<DeliveryRecord> get_delivery_of(Ctx& ctx, StoreId store_id, DeliveryId delivery_id) {
    co_await catalog::get_own_store(ctx, store_id);
    DeliveryRecord delivery = co_await get_record(ctx, delivery_id);
    if (delivery.store_id != store_id) throw Fail(Errc::delivery_not_found);
    co_return delivery;
}

}  // namespace

awaitable<StoreDeliveryList> list_store_deliveries(Ctx& ctx, StoreOf in) {
    co_await catalog::get_own_store(ctx, in.store_id);
    std::vector<DeliveryId> delivery_ids = co_await ctx.tx.all(list_deliveries_of_store, in.store_id);
    const std::vector<DeliveryRecord> records = co_await records_of(ctx, std::move(delivery_ids));
    StoreDeliveryList list;
    for (const DeliveryRecord& record : records) {
        StoreDelivery row{
            .delivery = record, .driver_id = record.driver_id, .driver_name = {}, .driver_last_seen_at = {}};
        if (record.driver_id) {
            const identity::User driver = co_await identity::get_user(ctx, *record.driver_id);
            row.driver_name = driver.name;
            if (keeps_driver_busy(record))
                row.driver_last_seen_at = co_await ctx.tx.find(find_last_seen, *record.driver_id);
        }
        const std::optional<OfferRow> open = co_await ctx.tx.find(find_open_offer, record.id);
        row.is_offered = open.has_value();
        list.deliveries.push_back(std::move(row));
    }
    co_return list;
}

awaitable<NearbyDriverList> list_nearby_drivers(Ctx& ctx, StoreOf in) {
    const catalog::Store store = co_await catalog::get_own_store(ctx, in.store_id);
    const DeliverySettings settings = co_await settings_of(ctx, in.store_id);
    const Point at = point_of(store.address);
    const std::vector<Candidate> candidates =
        co_await ctx.tx.all(list_candidates, at.lat, at.lng, static_cast<int>(settings.search_radius_m),
                            position_fresh_s, std::nullopt, candidates_max);
    NearbyDriverList list;
    for (const Candidate& candidate : candidates) {
        const bool verified = co_await is_verified(ctx, candidate.driver_id);
        if (!verified) continue;
        const identity::User driver = co_await identity::get_user(ctx, candidate.driver_id);
        const DriverRating rating = co_await ctx.tx.one(find_driver_rating, candidate.driver_id);
        list.drivers.push_back({.driver_id = candidate.driver_id,
                                .name = driver.name,
                                .distance_m = candidate.distance_m,
                                .rating = rating.rating,
                                .rating_count = rating.rating_count});
    }
    co_return list;
}

awaitable<StoreDelivery> assign_driver(Ctx& ctx, AssignDelivery in) {
    const DeliveryRecord before = co_await get_delivery_of(ctx, in.store_id, in.delivery_id);
    if (before.driver_id == in.driver_id && is_active(before.status))
        co_return StoreDelivery{
            .delivery = before, .driver_id = in.driver_id, .driver_name = {}, .driver_last_seen_at = {}};
    const std::optional<Duty> duty = co_await ctx.tx.find(find_duty, in.driver_id);
    if (!duty || !duty->available || duty->current_delivery_id) throw Fail(Errc::driver_not_available);
    const bool verified = co_await is_verified(ctx, in.driver_id);
    if (!verified) throw Fail(Errc::driver_not_available);
    const bool taken = co_await take(ctx, in.delivery_id, in.driver_id);
    if (!taken) throw Fail(Errc::no_longer_open);
    DeliveryRecord delivery = co_await get_record(ctx, in.delivery_id);
    co_await estimate(ctx, in.driver_id, delivery);
    delivery = co_await get_record(ctx, in.delivery_id);
    co_await tell(ctx, delivery);
    tell_drivers(ctx, delivery);
    const identity::User driver = co_await identity::get_user(ctx, in.driver_id);
    co_return StoreDelivery{
        .delivery = delivery, .driver_id = in.driver_id, .driver_name = driver.name, .driver_last_seen_at = {}};
}

awaitable<Delivery> take_parcel_back(Ctx& ctx, StoreDeliveryOf in) {
    const DeliveryRecord delivery = co_await get_delivery_of(ctx, in.store_id, in.delivery_id);
    if (!delivery.driver_id) throw Fail(Errc::move_not_allowed);
    const Delivery now = co_await bring_back(ctx, in.delivery_id, *delivery.driver_id);
    co_return now;
}

awaitable<DeliverySettings> show_delivery_settings(Ctx& ctx) {
    const DeliverySettings settings = co_await settings_of(ctx, std::nullopt);
    co_return settings;
}

awaitable<DeliverySettings> change_delivery_settings(Ctx& ctx, DeliverySettingsChange in) {
    co_await ctx.tx.run(save_delivery_settings, std::nullopt, in);
    const DeliverySettings settings = co_await settings_of(ctx, std::nullopt);
    co_return settings;
}

awaitable<DeliverySettings> show_store_delivery_settings(Ctx& ctx, StoreOf in) {
    co_await catalog::get_own_store(ctx, in.store_id);
    const DeliverySettings settings = co_await settings_of(ctx, in.store_id);
    co_return settings;
}

awaitable<DeliverySettings> change_store_delivery_settings(Ctx& ctx, StoreDeliverySettingsChange in) {
    co_await catalog::get_own_store(ctx, in.store_id);
    co_await ctx.tx.run(save_delivery_settings, std::optional(in.store_id),
                        static_cast<const DeliverySettingsChange&>(in));
    const DeliverySettings settings = co_await settings_of(ctx, in.store_id);
    co_return settings;
}

}  // namespace liveshop::delivery
