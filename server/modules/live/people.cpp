// What a viewer wants: whose messages to read, and whether to be named.
#include "modules/identity/api.hpp"
#include "modules/live/api.hpp"
#include "modules/live/chat.hpp"
#include "modules/live/chat_store.hpp"
#include "modules/live/events.hpp"
#include "modules/live/routes.hpp"
#include "modules/live/rules.hpp"

namespace liveshop::live {
namespace {

awaitable<void> block_person(Ctx& ctx, BlockPerson in) {
    const std::optional<std::string> name = co_await ctx.tx.find(find_person, in.user_id);
    if (!name || in.user_id == ctx.user()) throw Fail(Errc::person_not_found);
    const std::int64_t blocked = co_await ctx.tx.one(count_blocks, ctx.user());
    if (blocked >= blocked_max) throw Fail(Errc::too_many_blocked);
    co_await ctx.tx.run(insert_block, ctx.user(), in.user_id);
}

// Of somebody who was not blocked: nothing is left to do.
awaitable<void> unblock_person(Ctx& ctx, BlockPerson in) { co_await ctx.tx.run(delete_block, ctx.user(), in.user_id); }

awaitable<BlockedList> get_blocked(Ctx& ctx) {
    BlockedList list;
    list.people = co_await ctx.tx.all(list_blocks, ctx.user());
    co_return list;
}

awaitable<ViewerPreferences> preferences_of(Ctx& ctx, UserId user_id) {
    const std::optional<ViewerPreferences> found = co_await ctx.tx.find(find_preferences, user_id);
    co_return found.value_or(ViewerPreferences{});
}

awaitable<ViewerPreferences> get_viewer_preferences(Ctx& ctx) {
    const ViewerPreferences preferences = co_await preferences_of(ctx, ctx.user());
    co_return preferences;
}

awaitable<ViewerPreferences> set_viewer_preferences(Ctx& ctx, ViewerPreferences in) {
    co_await ctx.tx.run(save_preferences, ctx.user(), in.shows_first_name);
    co_return in;
}

}  // namespace

awaitable<void> announce_sale(Ctx& ctx, Sale sale) {
    const Stream stream = co_await get_stream(ctx, sale.stream_id);
    if (stream.status != StreamStatus::live) co_return;
    const ViewerPreferences preferences = co_await preferences_of(ctx, sale.customer_id);
    StreamOrder order{sale.stream_id, sale.product_name, sale.quantity, std::nullopt};
    if (preferences.shows_first_name) {
        const identity::User customer = co_await identity::get_user(ctx, sale.customer_id);
        order.customer_first_name = first_name_of(customer.name);
    }
    ctx.emit(room_of(sale.stream_id), stream_order, order);
    const std::string who = order.customer_first_name.value_or("Somebody");
    co_await post_message(ctx, {.stream_id = sale.stream_id,
                                .user_id = stream.host_id,
                                .user_name = stream.store_name,
                                .author = Author::host,
                                .type = MessageType::order_notification,
                                .content = who + " bought " + sale.product_name,
                                .metadata = {.product_id = sale.product_id, .quantity = sale.quantity},
                                .device_id = std::nullopt});
}

std::vector<Route> people_routes() {
    return route_table(post<block_person>("/me/blocks")
                           .fails(Errc::person_not_found, Errc::too_many_blocked)
                           .says("I do not want to read this person any more"),
                       del<unblock_person>("/me/blocks/{user_id}").says("I want to read this person again"),
                       get<get_blocked>("/me/blocks").says("Whom I do not want to read"),
                       get<get_viewer_preferences>("/me/live-preferences").says("What live shows may tell of me"),
                       put<set_viewer_preferences>("/me/live-preferences").says("Sets what live shows may tell of me"));
}

}  // namespace liveshop::live
