#include "modules/delivery/jobs.hpp"

#include <fmt/format.h>
#include <openssl/rand.h>

#include "modules/catalog/api.hpp"
#include "modules/checkout/api.hpp"
#include "modules/delivery/dispatch.hpp"
#include "modules/delivery/position_store.hpp"
#include "modules/delivery/store.hpp"
#include "modules/ledger/api.hpp"

namespace liveshop::delivery {
namespace {

constexpr int sweep_every_s = 15;

// Four digits that nobody can guess from those before.
std::string make_code() {
    std::uint32_t number = 0;
    if (RAND_bytes(reinterpret_cast<unsigned char*>(&number), sizeof number) != 1)
        throw std::runtime_error("OpenSSL has no random numbers");
    return fmt::format("{:04}", number % 10'000);
}

NewDelivery delivery_of(const checkout::OrderToDeliver& order, const catalog::Store& store, Amount earnings_minor,
                        const DeliverySettings& settings) {
    return {.id = DeliveryId::make(),
            .order_id = order.id,
            .order_number = order.order_number,
            .customer_id = order.customer_id,
            .store_id = order.store_id,
            .store_name = order.store_name,
            .pickup_address = store.address,
            .dropoff_address = order.shipping_address,
            .distance_km = distance_m(point_of(store.address), point_of(order.shipping_address)) / 1'000,
            .delivery_fee_minor = order.shipping_amount_minor,
            .driver_earnings_minor = earnings_minor,
            .currency = order.currency,
            .note = order.notes,
            .dropoff_code = make_code(),
            .needs_photo = settings.needs_photo,
            .needs_signature = settings.needs_signature,
            .needs_code = settings.needs_code};
}

// Once per order, however often it runs.
awaitable<void> create_delivery(Ctx& ctx, checkout::OrderFact in) {
    const std::optional<DeliveryId> existing = co_await ctx.tx.find(find_delivery_of_order, in.order_id);
    if (existing) co_return;
    const checkout::OrderToDeliver order = co_await checkout::get_order(ctx, in.order_id);
    if (order.status != checkout::OrderStatus::ready) co_return;
    const catalog::Store store = co_await catalog::get_store(ctx, order.store_id);
    const ledger::Terms terms = co_await ledger::get_terms(ctx, order.store_id);
    const DeliverySettings settings = co_await settings_of(ctx, order.store_id);
    const Amount earnings = share_of(order.shipping_amount_minor, terms.driver_share_bp);
    const NewDelivery delivery = delivery_of(order, store, earnings, settings);
    co_await checkout::assign_delivery(ctx, order.id, delivery.id);
    // That has waited for whoever was cancelling the order, and keeps others from it until the commit.
    const checkout::OrderToDeliver assigned = co_await checkout::get_order(ctx, in.order_id);
    if (assigned.status != checkout::OrderStatus::ready) throw Fail(PlatformErrc::conflict);
    co_await ctx.tx.run(insert_delivery, delivery);
    const DeliveryRecord record = co_await get_record(ctx, delivery.id);
    co_await tell(ctx, record);
    co_await dispatch(ctx, delivery.id);
}

// An order is cancelled only before it is picked up, so its delivery can be, too.
awaitable<void> cancel_delivery(Ctx& ctx, checkout::OrderFact in) {
    const std::optional<DeliveryId> delivery_id = co_await ctx.tx.find(find_delivery_of_order, in.order_id);
    if (!delivery_id) co_return;
    const DeliveryRecord before = co_await get_record(ctx, *delivery_id);
    if (before.driver_id) co_await ctx.tx.run(clear_current_delivery, *before.driver_id, *delivery_id);
    DeliveryRecord delivery = co_await lock_delivery(ctx, *delivery_id);
    if (delivery.status == DeliveryStatus::cancelled) co_return;
    if (delivery.driver_id != before.driver_id) throw Fail(PlatformErrc::conflict);  // just accepted: once more
    delivery = co_await move(ctx, delivery, DeliveryEvent::cancel);
    co_await withdraw_offers(ctx, delivery.id);
    co_await tell(ctx, delivery);
    if (!delivery.driver_id) tell_drivers(ctx, delivery);
}

/// identity.kyc_decided
struct DriverFact {
    UserId user_id;
};
BOOST_DESCRIBE_STRUCT(DriverFact, (), (user_id))

// Whose documents were rejected is off duty; the job in hand is finished.
awaitable<void> check_driver(Ctx& ctx, DriverFact in) {
    const std::optional<Duty> duty = co_await ctx.tx.find(find_duty, in.user_id);
    if (!duty || !duty->available) co_return;
    const bool verified = co_await is_verified(ctx, in.user_id);
    if (!verified) co_await go_off_duty(ctx, in.user_id);
}

}  // namespace

jobs::Table job_rows() {
    return {
        jobs::subscriber<create_delivery>("delivery.create", "checkout.order_ready"),
        jobs::subscriber<cancel_delivery>("delivery.cancel", "checkout.order_cancelled"),
        jobs::subscriber<check_driver>("delivery.check_driver", "identity.kyc_decided"),
        jobs::job<dispatch_again>("delivery.dispatch"),
        jobs::job<expire_offer>("delivery.expire_offer"),
        jobs::periodic<sweep>("delivery.sweep", sweep_every_s),
    };
}

}  // namespace liveshop::delivery
