#include "modules/delivery/moves.hpp"

#include "modules/catalog/api.hpp"
#include "modules/delivery/store.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/rooms.hpp"

namespace liveshop::delivery {

awaitable<std::vector<DeliveryRecord>> records_of(Ctx& ctx, std::vector<DeliveryId> delivery_ids) {
    std::vector<DeliveryRecord> records;
    if (delivery_ids.empty()) co_return records;
    const db::Array<DeliveryId> wanted{std::move(delivery_ids)};
    records = co_await ctx.tx.all(load_deliveries, wanted);
    co_return records;
}

awaitable<DeliveryList> list_of(Ctx& ctx, std::vector<DeliveryId> delivery_ids) {
    const std::vector<DeliveryRecord> records = co_await records_of(ctx, std::move(delivery_ids));
    DeliveryList list;
    list.deliveries.assign(records.begin(), records.end());
    co_return list;
}

awaitable<DeliveryRecord> get_record(Ctx& ctx, DeliveryId delivery_id) {
    const db::Array<DeliveryId> wanted{{delivery_id}};
    std::optional<DeliveryRecord> delivery = co_await ctx.tx.find(load_deliveries, wanted);
    if (!delivery) throw Fail(Errc::delivery_not_found);
    co_return std::move(*delivery);
}

awaitable<DeliveryRecord> lock_delivery(Ctx& ctx, DeliveryId delivery_id) {
    const std::optional<DeliveryId> locked = co_await ctx.tx.find(lock_delivery_row, delivery_id);
    if (!locked) throw Fail(Errc::delivery_not_found);
    DeliveryRecord delivery = co_await get_record(ctx, delivery_id);
    co_return delivery;
}

awaitable<DeliveryRecord> lock_own_delivery(Ctx& ctx, DeliveryId delivery_id) {
    DeliveryRecord delivery = co_await lock_delivery(ctx, delivery_id);
    if (delivery.driver_id != ctx.user()) throw Fail(Errc::not_your_delivery);
    co_return delivery;
}

awaitable<DeliveryRecord> move(Ctx& ctx, DeliveryRecord delivery, DeliveryEvent on) {
    const DeliveryStatus* const to = delivery_machine.next(delivery.status, on);
    if (!to) throw Fail(Errc::move_not_allowed, "It is " + std::string(name_of(delivery.status)));
    const std::int64_t moved = co_await ctx.tx.count(move_delivery, delivery.id, delivery.status, *to);
    if (moved == 0) throw Fail(PlatformErrc::conflict);
    DeliveryRecord now = co_await get_record(ctx, delivery.id);
    co_return now;
}

awaitable<void> tell(Ctx& ctx, DeliveryRecord delivery) {
    const catalog::Store store = co_await catalog::get_store(ctx, delivery.store_id);
    const DeliveryUpdate update{static_cast<const Delivery&>(delivery)};
    ctx.emit(room_of_user(delivery.customer_id), delivery_update, update);
    ctx.emit(room_of_user(store.owner_id), delivery_update, update);
    if (delivery.driver_id) ctx.emit(room_of_user(*delivery.driver_id), delivery_update, update);
    co_await jobs::publish(ctx, "delivery.moved", DeliveryFact{delivery.id});
}

void tell_drivers(Ctx& ctx, const DeliveryRecord& delivery) {
    const DeliveryUpdate update{static_cast<const Delivery&>(delivery)};
    ctx.emit(room_of_drivers(ctx.tenant), delivery_update, update);
}

}  // namespace liveshop::delivery
