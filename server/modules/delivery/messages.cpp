#include "modules/delivery/handlers.hpp"
#include "modules/delivery/message_store.hpp"
#include "modules/delivery/moves.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/rooms.hpp"

namespace liveshop::delivery {
namespace {

const Event<DeliveryMessage> delivery_message{"delivery:message", "Customer and driver talk about a delivery"};

// To anybody but customer and driver the delivery does not exist.
MessageSender sender_of(const Ctx& ctx, const DeliveryRecord& delivery) {
    if (delivery.customer_id == ctx.user()) return MessageSender::customer;
    if (delivery.driver_id == ctx.user()) return MessageSender::driver;
    throw Fail(Errc::delivery_not_found);
}

}  // namespace

awaitable<DeliveryMessage> send_delivery_message(Ctx& ctx, SendDeliveryMessage in) {
    const DeliveryRecord delivery = co_await get_record(ctx, in.delivery_id);
    const MessageSender sender = sender_of(ctx, delivery);
    const std::optional<DeliveryMessage> message =
        co_await ctx.tx.find(insert_message, in.delivery_id, sender, in.content);
    if (!message) throw Fail(Errc::not_under_way);
    ctx.emit(room_of_user(delivery.customer_id), delivery_message, *message);
    if (delivery.driver_id) ctx.emit(room_of_user(*delivery.driver_id), delivery_message, *message);
    co_await jobs::publish(ctx, "delivery.message_sent", MessageFact{message->id});
    co_return *message;
}

awaitable<DeliveryMessageList> list_delivery_messages(Ctx& ctx, DeliveryOf in) {
    const DeliveryRecord delivery = co_await get_record(ctx, in.delivery_id);
    std::optional<UserId> only_with;
    if (sender_of(ctx, delivery) == MessageSender::driver) only_with = ctx.user();
    DeliveryMessageList list;
    list.messages = co_await ctx.tx.all(list_messages, in.delivery_id, only_with);
    co_return list;
}

}  // namespace liveshop::delivery
