#include "modules/delivery/dispatch.hpp"

#include "modules/catalog/api.hpp"
#include "modules/delivery/eta.hpp"
#include "modules/delivery/position_store.hpp"
#include "modules/delivery/store.hpp"
#include "modules/identity/api.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/rooms.hpp"

namespace liveshop::delivery {
namespace {

awaitable<void> announce_offer(Ctx& ctx, const DeliveryRecord& delivery, OfferId offer_id, std::int64_t ttl_s) {
    const OfferRow row = co_await ctx.tx.one(find_offer, offer_id);
    ctx.emit(room_of_user(row.driver_id), delivery_offer, offer_of(row, delivery));
    co_await jobs::publish(ctx, "delivery.offered", OfferFact{offer_id});
    const jobs::Options later{.idempotency_key = std::nullopt, .delay_s = static_cast<int>(ttl_s)};
    co_await jobs::enqueue(ctx, "delivery.expire_offer", ExpireOffer{offer_id}, later);
    if (delivery.unassignable_at) co_await ctx.tx.run(mark_assignable, delivery.id);
    tell_drivers(ctx, delivery);
}

// The nearest within the ring who is verified and free at this very moment.
awaitable<std::optional<OfferId>> offer_within(Ctx& ctx, const DeliveryRecord& delivery, int ring,
                                               const DeliverySettings& settings) {
    const auto radius_m =
        static_cast<int>(settings.search_radius_m * search_rings[static_cast<std::size_t>(ring)] / 100);
    const Point at = point_of(delivery.pickup_address);
    const std::vector<Candidate> candidates = co_await ctx.tx.all(
        list_candidates, at.lat, at.lng, radius_m, position_fresh_s, std::optional(delivery.id), candidates_max);
    for (const Candidate& candidate : candidates) {
        const bool verified = co_await is_verified(ctx, candidate.driver_id);
        if (!verified) continue;
        const std::optional<OfferId> offer_id = co_await ctx.tx.find(insert_offer, delivery.id, candidate.driver_id,
                                                                     ring, candidate.distance_m, settings.offer_ttl_s);
        if (offer_id) co_return offer_id;
    }
    co_return std::nullopt;
}

awaitable<void> give_up_for_now(Ctx& ctx, DeliveryId delivery_id) {
    const std::int64_t news = co_await ctx.tx.count(mark_unassignable, delivery_id);
    if (news == 0) co_return;
    const DeliveryRecord delivery = co_await get_record(ctx, delivery_id);
    const catalog::Store store = co_await catalog::get_store(ctx, delivery.store_id);
    ctx.emit(room_of_user(store.owner_id), delivery_unassignable, DeliveryUpdate{delivery});
    co_await jobs::publish(ctx, "delivery.unassignable", DeliveryFact{delivery_id});
    tell_drivers(ctx, delivery);
}

awaitable<void> ask_others(Ctx& ctx, UserId driver_id) {
    const std::vector<DeliveryId> left = co_await ctx.tx.all(withdraw_offers_of_driver, driver_id);
    for (const DeliveryId other : left) co_await jobs::enqueue(ctx, "delivery.dispatch", DeliveryFact{other});
}

}  // namespace

Offer offer_of(const OfferRow& row, const Delivery& delivery) {
    return {.id = row.id,
            .delivery = delivery,
            .status = row.status,
            .distance_m = row.distance_m,
            .expires_in_s = row.expires_in_s,
            .expires_at = row.expires_at};
}

awaitable<bool> is_verified(Ctx& ctx, UserId driver_id) {
    const identity::User driver = co_await identity::get_user(ctx, driver_id);
    co_return driver.role == Role::driver&& driver.status == identity::UserStatus::active&& driver.kyc_status ==
        identity::KycStatus::verified;
}

awaitable<DeliverySettings> settings_of(Ctx& ctx, std::optional<StoreId> store_id) {
    const DeliverySettings settings = co_await ctx.tx.one(find_delivery_settings, store_id);
    co_return settings;
}

awaitable<void> dispatch(Ctx& ctx, DeliveryId delivery_id) {
    const DeliveryRecord delivery = co_await lock_delivery(ctx, delivery_id);
    if (delivery.status != DeliveryStatus::pending) co_return;
    const std::optional<OfferRow> open = co_await ctx.tx.find(find_open_offer, delivery_id);
    if (open) co_return;
    const DeliverySettings settings = co_await settings_of(ctx, delivery.store_id);
    if (!settings.is_automatic) {
        tell_drivers(ctx, delivery);
        co_return;
    }
    for (int ring = 0; ring < static_cast<int>(search_rings.size()); ++ring) {
        const std::optional<OfferId> offer_id = co_await offer_within(ctx, delivery, ring, settings);
        if (!offer_id) continue;
        co_await announce_offer(ctx, delivery, *offer_id, settings.offer_ttl_s);
        co_return;
    }
    co_await give_up_for_now(ctx, delivery_id);
}

awaitable<void> withdraw_offers(Ctx& ctx, DeliveryId delivery_id) {
    const std::vector<OfferRow> withdrawn = co_await ctx.tx.all(withdraw_offers_of_delivery, delivery_id);
    if (withdrawn.empty()) co_return;
    const DeliveryRecord delivery = co_await get_record(ctx, delivery_id);
    for (const OfferRow& row : withdrawn)
        ctx.emit(room_of_user(row.driver_id), delivery_offer, offer_of(row, delivery));
}

awaitable<bool> take(Ctx& ctx, DeliveryId delivery_id, UserId driver_id) {
    co_await ctx.tx.run(set_current_delivery, driver_id, delivery_id);
    const std::int64_t taken = co_await ctx.tx.count(take_delivery, delivery_id, driver_id);
    if (taken == 0) co_return false;
    co_await ctx.tx.run(note_answer, delivery_id, driver_id, OfferStatus::accepted);
    co_await withdraw_offers(ctx, delivery_id);
    co_await ask_others(ctx, driver_id);
    co_return true;
}

awaitable<void> go_off_duty(Ctx& ctx, UserId driver_id) {
    co_await ctx.tx.run(save_availability, driver_id, false);
    co_await ask_others(ctx, driver_id);
}

awaitable<void> estimate(Ctx& ctx, UserId driver_id, Delivery delivery) {
    const std::optional<LastPosition> last = co_await ctx.tx.find(find_last_position, driver_id);
    if (!last || !last->lat || !last->lng || !last->recorded_at) co_return;
    if (last->recorded_at->us < ctx.now.us - position_age_max_s * 1'000'000) co_return;
    const double to_store_m = distance_m({*last->lat, *last->lng}, point_of(delivery.pickup_address));
    const Timestamp pickup_at{ctx.now.us + (eta_s(to_store_m) + handover_s) * 1'000'000};
    const Timestamp delivery_at{pickup_at.us + eta_s(way_m(delivery)) * 1'000'000};
    co_await ctx.tx.run(set_estimates, delivery.id, pickup_at, delivery_at);
}

awaitable<void> dispatch_again(Ctx& ctx, DeliveryFact in) { co_await dispatch(ctx, in.delivery_id); }

awaitable<void> expire_offer(Ctx& ctx, ExpireOffer in) {
    const std::optional<OfferRow> offer = co_await ctx.tx.find(find_offer, in.offer_id);
    if (!offer || offer->status != OfferStatus::open) co_return;
    const DeliveryRecord delivery = co_await lock_delivery(ctx, offer->delivery_id);
    const std::int64_t expired = co_await ctx.tx.count(expire_open_offer, in.offer_id);
    if (expired == 0) co_return;
    const OfferRow now = co_await ctx.tx.one(find_offer, in.offer_id);
    ctx.emit(room_of_user(now.driver_id), delivery_offer, offer_of(now, delivery));
    co_await dispatch(ctx, delivery.id);
}

// Each in its own transaction, so that locks are short.
awaitable<void> sweep(Ctx& ctx, DispatchSweep) {
    const std::vector<OfferId> overdue = co_await ctx.tx.all(list_overdue_offers);
    const std::vector<DeliveryId> waiting = co_await ctx.tx.all(list_waiting_deliveries);
    co_await ctx.commit();
    for (const OfferId offer_id : overdue) {
        co_await expire_offer(ctx, {offer_id});
        co_await ctx.commit();
    }
    for (const DeliveryId delivery_id : waiting) {
        co_await dispatch(ctx, delivery_id);
        co_await ctx.commit();
    }
}

}  // namespace liveshop::delivery
