#pragma once
// What stores ask of orders: that they are open, near enough and worth the way.
#include <map>

#include "modules/catalog/api.hpp"
#include "modules/checkout/types.hpp"

namespace liveshop::checkout {

/// The terms of each of these stores, each once; until the transaction ends none of them is closed down.
awaitable<std::map<StoreId, catalog::DeliveryTerms>> terms_of(Ctx& ctx, std::vector<StoreId> store_ids);

/// Throws catalog's store_closed, store_not_open, out_of_delivery_area or below_minimum where the store does not take
/// an order of so much goods, as they are priced, to that place at this moment.
void check_terms(const catalog::DeliveryTerms& terms, Amount goods_minor, const Address& to);

/// The same of orders that are about to be paid.
awaitable<void> check_terms_of(Ctx& ctx, std::vector<OrderId> order_ids);

}  // namespace liveshop::checkout
