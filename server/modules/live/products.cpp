// What is shown in a stream: pins in the host's order, and what viewers ask to see.
#include "modules/catalog/api.hpp"
#include "modules/identity/api.hpp"
#include "modules/live/access.hpp"
#include "modules/live/chat.hpp"
#include "modules/live/chat_store.hpp"
#include "modules/live/events.hpp"
#include "modules/live/routes.hpp"
#include "modules/live/rules.hpp"
#include "modules/live/store.hpp"

namespace liveshop::live {
namespace {

awaitable<catalog::Product> get_product_of(Ctx& ctx, const Stream& stream, catalog::ProductId product_id) {
    catalog::Product product = co_await catalog::get_product(ctx, product_id);
    if (product.store_id != stream.store_id) throw Fail(Errc::product_of_other_store);
    co_return product;
}

// Those who waited for the product have been answered, one way or the other; every studio hears of it.
awaitable<std::int64_t> answer_requests(Ctx& ctx, StreamId stream_id, const catalog::Product& product,
                                        std::string_view as) {
    const std::int64_t answered = co_await ctx.tx.count(close_requests, stream_id, product.id, std::string(as));
    if (answered > 0)
        ctx.emit(hosts_of(stream_id), product_requested, ProductRequested{stream_id, product.id, product.name, 0});
    co_return answered;
}

awaitable<ProductPinned> pin_product(Ctx& ctx, PinProduct in) {
    const Stream stream = co_await get_own_stream(ctx, in.stream_id);
    if (stream_machine.is_final(stream.status)) throw Fail(Errc::stream_over);
    catalog::Product product = co_await get_product_of(ctx, stream, in.product_id);
    co_await ctx.tx.one(lock_stream, in.stream_id);
    const std::int64_t others = co_await ctx.tx.one(count_other_pins, in.stream_id, in.product_id);
    if (others >= pins_max) throw Fail(Errc::too_many_pins);
    co_await ctx.tx.run(insert_pin, in.stream_id, in.product_id);
    co_await answer_requests(ctx, in.stream_id, product, "pinned");
    ProductPinned pinned{in.stream_id, std::move(product)};
    ctx.emit(room_of(in.stream_id), product_pinned, pinned);
    co_return pinned;
}

awaitable<void> unpin_product(Ctx& ctx, PinProduct in) {
    co_await get_own_stream(ctx, in.stream_id);
    const std::int64_t removed = co_await ctx.tx.count(delete_pin, in.stream_id, in.product_id);
    if (removed == 0) throw Fail(Errc::not_pinned);
    ctx.emit(room_of(in.stream_id), product_unpinned, in);
}

awaitable<OrderPins> reorder_pins(Ctx& ctx, OrderPins in) {
    co_await get_own_stream(ctx, in.stream_id);
    co_await ctx.tx.one(lock_stream, in.stream_id);
    const std::vector<catalog::ProductId> pinned = co_await ctx.tx.all(list_pins, in.stream_id);
    if (!std::ranges::is_permutation(pinned, in.product_ids)) throw Fail(Errc::pins_differ);
    co_await ctx.tx.run(order_pins, in.stream_id, {in.product_ids});
    ctx.emit(room_of(in.stream_id), pins_ordered, in);
    co_return in;
}

awaitable<ProductRequested> request_product(Ctx& ctx, RequestProduct in) {
    const Visit at = co_await visit(ctx, in.stream_id, std::move(in.invite));
    require_live(at.stream);
    if (!at.stream.settings.requests_enabled) throw Fail(Errc::requests_off);
    const identity::User user = co_await identity::get_user(ctx, ctx.user());
    const ChatStanding standing =
        co_await ctx.tx.one(find_standing, in.stream_id, at.stream.store_id, user.id, in.device_id);
    if (standing.is_muted && !standing.is_moderator) throw Fail(Errc::muted);
    const catalog::Product product = co_await get_product_of(ctx, at.stream, in.product_id);
    const std::int64_t asked = co_await ctx.tx.one(insert_request, in.stream_id, product.id, user.id, user.name);
    const std::int64_t count = co_await ctx.tx.one(count_requests, in.stream_id, product.id);
    ProductRequested requested{in.stream_id, product.id, product.name, count};
    if (asked == 0) co_return requested;  // once is enough
    ctx.emit(hosts_of(in.stream_id), product_requested, requested);
    co_await post_message(ctx, {.stream_id = in.stream_id,
                                .user_id = user.id,
                                .user_name = user.name,
                                .author = standing.is_moderator ? Author::moderator : Author::viewer,
                                .type = MessageType::product_request,
                                .content = product.name,
                                .metadata = {.product_id = product.id, .quantity = {}},
                                .device_id = std::move(in.device_id)});
    co_return requested;
}

awaitable<ProductRequestList> get_requests(Ctx& ctx, StreamOf in) {
    co_await get_own_stream(ctx, in.stream_id);
    std::vector<RequestRow> rows = co_await ctx.tx.all(list_requests, in.stream_id);
    std::vector<catalog::ProductId> product_ids;
    for (const RequestRow& row : rows) product_ids.push_back(row.product_id);
    std::vector<catalog::Product> products = co_await catalog::get_products(ctx, std::move(product_ids));
    ProductRequestList list;
    for (RequestRow& row : rows) {
        const auto product = std::ranges::find(products, row.product_id, &catalog::Product::id);
        if (product != products.end())
            list.requests.push_back({std::move(*product), row.count, std::move(row.asked_by), row.asked_at});
    }
    co_return list;
}

awaitable<void> dismiss_request(Ctx& ctx, PinProduct in) {
    co_await get_own_stream(ctx, in.stream_id);
    const catalog::Product product = co_await catalog::get_product(ctx, in.product_id);
    co_await answer_requests(ctx, in.stream_id, product, "dismissed");
}

}  // namespace

std::vector<Route> product_routes() {
    return route_table(
        post<pin_product>("/streams/{stream_id}/pin")
            .also_on("stream:product:pin")
            .by(hosts)
            .creates()
            .fails(Errc::stream_not_found, Errc::stream_over, Errc::product_of_other_store, Errc::too_many_pins,
                   catalog::Errc::product_not_found, catalog::Errc::not_your_store)
            .says("Shows a product to the viewers, in front of the others"),
        del<unpin_product>("/streams/{stream_id}/pin/{product_id}")
            .also_on("stream:product:unpin")
            .by(hosts)
            .fails(Errc::stream_not_found, Errc::not_pinned, catalog::Errc::not_your_store)
            .says("Takes a product away"),
        put<reorder_pins>("/streams/{stream_id}/pins")
            .by(hosts)
            .fails(Errc::stream_not_found, Errc::pins_differ, catalog::Errc::not_your_store)
            .says("Puts what is pinned in order"),
        post<request_product>("/streams/{stream_id}/product-requests")
            .also_on("stream:product:request")
            .creates()
            .limited({.count = 10, .per_s = 60})
            .fails(Errc::stream_not_found, Errc::stream_not_live, Errc::requests_off, Errc::muted,
                   Errc::product_of_other_store, catalog::Errc::product_not_found)
            .says("Asks the host to show a product; once for each product counts"),
        get<get_requests>("/streams/{stream_id}/product-requests")
            .by(hosts)
            .fails(Errc::stream_not_found, catalog::Errc::not_your_store)
            .says("What viewers wait to see"),
        post<dismiss_request>("/streams/{stream_id}/product-requests/{product_id}/dismiss")
            .by(hosts)
            .fails(Errc::stream_not_found, catalog::Errc::product_not_found, catalog::Errc::not_your_store)
            .says("Takes a product off the list of requests; pinning it does so, too"));
}

}  // namespace liveshop::live
