#pragma once
// What other modules may ask of the catalogue, in the caller's transaction.
#include <functional>

#include "modules/catalog/types.hpp"
#include "platform/context.hpp"

namespace liveshop::catalog {

/// A variant with what an order line freezes of it.
struct Sellable {
    VariantId variant_id;
    ProductId product_id;
    StoreId store_id;
    std::string product_name;
    std::string variant_name;
    std::optional<std::string> image_url;
    Amount price_minor;
    std::string currency;
    std::int64_t stock_quantity = 0;
    bool may_backorder = false;  ///< more than is in stock may be ordered
    bool is_active = true;       ///< it, its product and its verified store sell
};
BOOST_DESCRIBE_STRUCT(Sellable, (),
                      (variant_id, product_id, store_id, product_name, variant_name, image_url, price_minor, currency,
                       stock_quantity, may_backorder, is_active))

/// The variants that exist, in order of variant_id; missing ones are left out.
awaitable<std::vector<Sellable>> find_sellable(Ctx& ctx, std::vector<VariantId> variant_ids);

/// Takes `quantity` if that much is left (or the product sells on back order): one conditional statement, so that of
/// two buyers of the last item one gets it. Answers whether it was taken. Take variants in order of id: no deadlocks.
awaitable<bool> take_stock(Ctx& ctx, VariantId variant_id, std::int64_t quantity);
/// Gives back what a cancelled or expired order had taken.
awaitable<void> return_stock(Ctx& ctx, VariantId variant_id, std::int64_t quantity);

/// Throws store_not_found.
awaitable<Store> get_store(Ctx& ctx, StoreId store_id);
/// Whether the caller owns the store, works there or is an admin.
awaitable<bool> is_own_store(Ctx& ctx, const Store& store);
/// Throws store_not_found, and not_your_store unless it is the caller's own.
awaitable<Store> get_own_store(Ctx& ctx, StoreId store_id);
/// The same for what staff may not do. Throws owner_only unless the caller owns the store or is an admin.
awaitable<Store> get_managed_store(Ctx& ctx, StoreId store_id);

/// What a store asks of an order at this moment.
struct DeliveryTerms {
    StoreId store_id;
    std::string name;
    bool is_selling = true;             ///< verified, active, and not closed for good
    bool is_open = true;                ///< by its hours and holidays, in its time zone
    std::optional<Timestamp> opens_at;  ///< next, within two weeks; none while it is open
    Amount minimum_order_minor;         ///< of the lines, in the store's currency
    Amount delivery_fee_minor;
    std::optional<std::int64_t> delivery_radius_m;  ///< around its address; none: anywhere
    std::int64_t preparation_time_s = 0;
    std::string time_zone;  ///< IANA's name
    Address address;
};
BOOST_DESCRIBE_STRUCT(DeliveryTerms, (),
                      (store_id, name, is_selling, is_open, opens_at, minimum_order_minor, delivery_fee_minor,
                       delivery_radius_m, preparation_time_s, time_zone, address))

/// Of those of the stores that exist, in order of store_id; until the transaction ends none of them is closed down.
awaitable<std::vector<DeliveryTerms>> delivery_terms_of(Ctx& ctx, std::vector<StoreId> store_ids);
/// Whether a place is within the store's delivery radius.
bool delivers_to(const DeliveryTerms& terms, Latitude lat, Longitude lng);

/// Why a store cannot be closed for good yet, for a person ("Order … is under way"), or nothing. A module that knows
/// such reasons adds a row to the program's list; it is asked while no order can be placed at the store.
struct ClosingHold {
    std::function<awaitable<std::optional<std::string>>(Ctx&, StoreId)> reason;
};
using ClosingHolds = std::vector<ClosingHold>;

/// The stores that the user owns or works at.
awaitable<std::vector<Store>> get_stores_of(Ctx& ctx, UserId user_id);
/// Throws product_not_found.
awaitable<Product> get_product(Ctx& ctx, ProductId product_id);
/// Those of the list that exist, in its order.
awaitable<std::vector<Product>> get_products(Ctx& ctx, std::vector<ProductId> product_ids);

/// Counts what a customer gave the store, 1..5, to its rating. Throws store_not_found.
awaitable<void> add_rating(Ctx& ctx, StoreId store_id, std::int64_t stars);

/// Who follows the store, in order of id, at most `limit` of them: after `after` and up to `until`, where given.
awaitable<std::vector<UserId>> list_followers(Ctx& ctx, StoreId store_id, std::optional<UserId> after,
                                              std::optional<UserId> until, std::int64_t limit);
/// The stores that the user owns, closed ones too.
awaitable<std::vector<StoreId>> list_owned_stores(Ctx& ctx, UserId user_id);
/// The owner and the staff.
awaitable<std::vector<UserId>> list_store_people(Ctx& ctx, StoreId store_id);

}  // namespace liveshop::catalog
