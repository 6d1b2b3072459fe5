#include "modules/checkout/routes.hpp"

#include "modules/checkout/handlers.hpp"
#include "modules/checkout/payment_methods.hpp"
#include "modules/checkout/provider_events.hpp"
#include "modules/checkout/refunds.hpp"

namespace liveshop::checkout {

std::vector<Route> routes() {
    constexpr Rate buying{.count = 30, .per_s = 60};
    return payment_method_routes() + provider_event_routes() +
           route_table(
               get<get_config>("/config").by(anyone).says("What a page needs to know of this shop before signing in"),
               post<add_to_cart>("/cart")
                   .creates()
                   .fails(Errc::variant_not_for_sale, live::Errc::stream_not_found, Errc::cart_full)
                   .says("Puts an item into the caller's cart, or more of it"),
               get<get_cart>("/cart").says("The caller's cart at today's prices"),
               put<change_cart_item>("/cart/{item_id}")
                   .fails(Errc::cart_item_not_found)
                   .says("Changes how many of an item are wanted"),
               del<remove_cart_item>("/cart/{item_id}")
                   .fails(Errc::cart_item_not_found)
                   .says("Takes an item out of the cart"),
               post<place_orders>("/orders")
                   .creates()
                   .idempotent()
                   .limited(buying)
                   .fails(Errc::cart_empty, Errc::variant_not_for_sale, Errc::sold_out, Errc::below_minimum,
                          Errc::store_not_open, Errc::out_of_delivery_area, Errc::currency_mismatch,
                          live::Errc::stream_not_found, catalog::Errc::store_closed)
                   .says("Prices the items, reserves their stock for a while and writes one order a store"),
               post<check_out>("/checkout")
                   .idempotent()
                   .limited(buying)
                   .fails(Errc::order_not_found, Errc::order_closed, Errc::hold_expired, Errc::currency_mismatch,
                          Errc::payment_in_progress, Errc::payment_method_required, Errc::payment_unconfirmed,
                          Errc::below_minimum, Errc::store_not_open, Errc::out_of_delivery_area,
                          catalog::Errc::store_closed)
                   .says("Authorizes the payment of all these orders, or of none"),
               get<show_order>("/orders/{order_id}")
                   .fails(Errc::order_not_found)
                   .says("An order, for its customer and its store"),
               post<cancel_order>("/orders/{order_id}/cancel")
                   .fails(Errc::order_not_found, Errc::order_closed, Errc::payment_in_progress)
                   .says("Gives an order up before the store has confirmed it"),
               post<refund_order>("/orders/{order_id}/refunds")
                   .by(only(Role::store_owner, Role::store_staff, Role::admin))
                   .creates()
                   .idempotent()
                   .limited(buying)
                   .fails(Errc::order_not_found, Errc::refund_not_possible, Errc::refund_too_large)
                   .says("Gives a delivered order's money back to its customer, all of it or a part"),
               get<list_order_refunds>("/orders/{order_id}/refunds")
                   .fails(Errc::order_not_found)
                   .says("What was given back of an order, for its customer and its store"),
               post<capture_order>("/orders/{order_id}/capture")
                   .by(only(Role::store_owner, Role::store_staff, Role::admin))
                   .limited(buying)
                   .fails(Errc::order_not_found, Errc::order_not_paid, Errc::not_picked_up, Errc::already_captured,
                          Errc::capture_pending, Errc::authorization_ended)
                   .says("Captures the money of an order that a driver has, where the pick-up's own try failed"),
               get<show_receipt>("/orders/{order_id}/receipt")
                   .fails(Errc::order_not_found, Errc::order_not_paid)
                   .says("What a paid order came to, for its customer and its store"),
               get<list_my_orders>("/me/orders").says("The caller's orders, the newest first"),
               get<list_all_orders>("/admin/orders").by(admins).says("Every order of the tenant, the newest first"),
               get<list_store_orders>("/stores/{store_id}/orders")
                   .by(only(Role::store_owner, Role::store_staff, Role::admin))
                   .fails(catalog::Errc::store_not_found, catalog::Errc::not_your_store)
                   .says("A store's orders, the newest first, for its own people"),
               put<move_store_order>("/stores/{store_id}/orders/{order_id}/status")
                   .by(only(Role::store_owner, Role::store_staff, Role::admin))
                   .fails(catalog::Errc::store_not_found, catalog::Errc::not_your_store, Errc::order_not_found,
                          Errc::order_not_paid, Errc::move_not_allowed, Errc::payment_in_progress)
                   .says("Confirms, prepares, finishes or cancels an order"));
}

std::vector<ConstraintRow> constraints() {
    return {
        {"cart_items_variant_fkey", describe_error(Errc::variant_not_for_sale)},
        {"cart_items_stream_fkey", describe_error(live::Errc::stream_not_found)},
        {"orders_stream_fkey", describe_error(live::Errc::stream_not_found)},
        {"payments_one_open", describe_error(Errc::payment_in_progress)},
    };
}

}  // namespace liveshop::checkout
