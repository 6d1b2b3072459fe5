// What customers and stores are told of orders.
#include <fmt/format.h>

#include "modules/catalog/api.hpp"
#include "modules/checkout/api.hpp"
#include "modules/notify/subscribers.hpp"
#include "modules/notify/tell.hpp"

namespace liveshop::notify {
namespace {

using checkout::OrderFact;
using checkout::OrderStatus;

constexpr std::int64_t low_stock_at = 5;
constexpr std::int64_t day_us = 86'400LL * 1'000'000;

Words words_of(const checkout::Order& order) {
    Words words;
    words.words = {{"order_number", order.order_number},
                   {"store_name", order.store_name},
                   {"total", money_text(order.total_amount_minor, order.currency)}};
    for (const checkout::OrderItem& item : order.items)
        words.lines.push_back({fmt::format("{} × {} ({})", item.quantity, item.name, item.variant_name),
                               money_text(item.total_minor, order.currency)});
    if (order.discount_amount_minor.minor != 0)
        words.lines.push_back({"Discount", money_text(-order.discount_amount_minor, order.currency)});
    if (order.tax_amount_minor.minor != 0)
        words.lines.push_back({"Tax", money_text(order.tax_amount_minor, order.currency)});
    words.lines.push_back({"Delivery", money_text(order.shipping_amount_minor, order.currency)});
    words.lines.push_back({"Total", money_text(order.total_amount_minor, order.currency)});
    return words;
}

News news_of(const checkout::Order& order, Kind kind, std::string url) {
    const std::string id = order.id.to_string();
    return {.kind = kind,
            .key = fmt::format("{}:{}", name_of(kind), id),
            .tag = "order:" + id,
            .url = std::move(url),
            .words = words_of(order)};
}

awaitable<void> tell_customer(Ctx& ctx, checkout::OrderId order_id, Kind kind) {
    const checkout::OrderToDeliver whose = co_await checkout::get_order(ctx, order_id);
    const checkout::Order order = co_await checkout::get_order_document(ctx, order_id);
    co_await tell(ctx, {whose.customer_id}, news_of(order, kind, "/orders/" + order_id.to_string()));
}

awaitable<void> tell_store(Ctx& ctx, checkout::OrderId order_id, Kind kind) {
    const checkout::Order order = co_await checkout::get_order_document(ctx, order_id);
    std::vector<UserId> people = co_await catalog::list_store_people(ctx, order.store_id);
    co_await tell(ctx, std::move(people), news_of(order, kind, "/store/orders"));
}

awaitable<void> on_paid(Ctx& ctx, OrderFact in) {
    co_await tell_customer(ctx, in.order_id, Kind::order_paid);
    co_await tell_store(ctx, in.order_id, Kind::new_order);
}

// An order may have gone on since: people are told where it stands.
std::optional<Kind> kind_of(OrderStatus status) {
    switch (status) {
        case OrderStatus::confirmed:
            return Kind::order_confirmed;
        case OrderStatus::ready:
            return Kind::order_ready;
        case OrderStatus::picked_up:
            return Kind::order_picked_up;
        case OrderStatus::delivered:
            return Kind::order_delivered;
        default:
            return std::nullopt;
    }
}

awaitable<void> on_moved(Ctx& ctx, OrderFact in) {
    const checkout::OrderToDeliver order = co_await checkout::get_order(ctx, in.order_id);
    const std::optional<Kind> kind = kind_of(order.status);
    if (kind) co_await tell_customer(ctx, in.order_id, *kind);
}

// One that was never paid is nobody's news.
awaitable<void> on_cancelled(Ctx& ctx, OrderFact in) {
    const checkout::OrderToDeliver order = co_await checkout::get_order(ctx, in.order_id);
    const bool was_paid = order.payment_status != checkout::OrderPaymentStatus::pending &&
                          order.payment_status != checkout::OrderPaymentStatus::failed;
    if (!was_paid) co_return;
    co_await tell_customer(ctx, in.order_id, Kind::order_cancelled);
    co_await tell_store(ctx, in.order_id, Kind::order_withdrawn);
}

awaitable<void> on_refunded(Ctx& ctx, OrderFact in) { co_await tell_customer(ctx, in.order_id, Kind::order_refunded); }

News low_stock_of(const catalog::Sellable& item, const std::string& store_name, Timestamp now) {
    const std::string id = item.variant_id.to_string();
    Words words;
    words.words = {{"product_name", fmt::format("{} ({})", item.product_name, item.variant_name)},
                   {"store_name", store_name},
                   {"quantity", std::to_string(std::max<std::int64_t>(0, item.stock_quantity))}};
    return {.kind = Kind::low_stock,
            .key = fmt::format("low_stock:{}:{}", id, now.us / day_us),
            .tag = "stock:" + id,
            .url = "/store/products/" + item.product_id.to_string(),
            .words = std::move(words)};
}

// Once a day for each variant that an order has left little of.
awaitable<void> look_at_stock(Ctx& ctx, OrderFact in) {
    const checkout::Order order = co_await checkout::get_order_document(ctx, in.order_id);
    std::vector<catalog::VariantId> variant_ids;
    for (const checkout::OrderItem& item : order.items) variant_ids.push_back(item.variant_id);
    const std::vector<catalog::Sellable> items = co_await catalog::find_sellable(ctx, std::move(variant_ids));
    const std::vector<UserId> people = co_await catalog::list_store_people(ctx, order.store_id);
    for (const catalog::Sellable& item : items) {
        if (item.stock_quantity > low_stock_at) continue;
        co_await tell(ctx, people, low_stock_of(item, order.store_name, ctx.now));
    }
}

}  // namespace

jobs::Table order_rows() {
    return {
        jobs::subscriber<on_paid>("notify.order_paid", "checkout.order_paid"),
        jobs::subscriber<look_at_stock>("notify.low_stock", "checkout.order_paid"),
        jobs::subscriber<on_moved>("notify.order_moved", "checkout.order_moved"),
        jobs::subscriber<on_moved>("notify.order_ready", "checkout.order_ready"),
        jobs::subscriber<on_cancelled>("notify.order_cancelled", "checkout.order_cancelled"),
        jobs::subscriber<on_refunded>("notify.order_refunded", "checkout.order_refunded"),
    };
}

}  // namespace liveshop::notify
