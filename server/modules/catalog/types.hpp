#pragma once
// Stores and what they sell. Stock is a row of its own variant, so that it can be taken by one conditional statement.
#include "platform/error.hpp"
#include "platform/shape/described.hpp"
#include "platform/shape/id.hpp"
#include "platform/shape/scalars.hpp"

namespace liveshop::catalog {

struct Store;
struct Product;
struct Variant;
using StoreId = Id<Store>;
using ProductId = Id<Product>;
using VariantId = Id<Variant>;

enum class Errc {
    store_not_found,
    store_closed,
    not_your_store,
    slug_taken,
    product_not_found,
    variant_not_found,
    sku_taken,
};

constexpr ErrorRow describe_error(Errc e) {
    switch (e) {
        case Errc::store_not_found:
            return {404, "catalog.store_not_found", "There is no such store"};
        case Errc::store_closed:
            return {409, "catalog.store_closed", "This store is not selling at the moment"};
        case Errc::not_your_store:
            return {403, "catalog.not_your_store", "Only this store's own people may do this"};
        case Errc::slug_taken:
            return {409, "catalog.slug_taken", "Another store has this address already: choose another"};
        case Errc::product_not_found:
            return {404, "catalog.product_not_found", "There is no such product"};
        case Errc::variant_not_found:
            return {404, "catalog.variant_not_found", "There is no such product variant"};
        case Errc::sku_taken:
            return {409, "catalog.sku_taken", "Another variant of this store has this SKU already"};
    }
    return {500, "internal", "Something went wrong on our side"};
}

/// A place on earth that a parcel leaves from or goes to.
struct Address {
    Text<1, 200> street;
    Text<1, 100> city;
    std::optional<Text<1, 100>> state;
    Text<1, 20> zip;
    Text<2, 2> country;  ///< ISO 3166-1 alpha-2
    Latitude lat;
    Longitude lng;
};
BOOST_DESCRIBE_STRUCT(Address, (), (street, city, state, zip, country, lat, lng))

enum class VerificationStatus { pending, verified, rejected };
BOOST_DESCRIBE_ENUM(VerificationStatus, pending, verified, rejected)

/// What is sold when stock is used up: nothing, or on back order.
enum class InventoryPolicy { deny, continue_ };
BOOST_DESCRIBE_ENUM(InventoryPolicy, deny, continue_)

struct Store {
    StoreId id;
    UserId owner_id;
    std::string name;
    std::string slug;
    std::optional<std::string> description;
    std::optional<std::string> logo_url;
    std::optional<std::string> cover_url;
    std::optional<std::string> category;
    Address address;
    std::string currency;
    Amount minimum_order_minor;
    Amount delivery_fee_minor;
    VerificationStatus verification_status = VerificationStatus::pending;
    bool is_active = true;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Store, (),
                      (id, owner_id, name, slug, description, logo_url, cover_url, category, address, currency,
                       minimum_order_minor, delivery_fee_minor, verification_status, is_active, created_at))

struct Variant {
    VariantId id;
    std::string name;  ///< "Medium", or "Standard" where there is but one
    std::optional<std::string> sku;
    Amount price_minor;
    std::optional<Amount> compare_at_price_minor;
    std::int64_t stock_quantity = 0;
};
BOOST_DESCRIBE_STRUCT(Variant, (), (id, name, sku, price_minor, compare_at_price_minor, stock_quantity))

struct Product {
    ProductId id;
    StoreId store_id;
    std::string store_name;
    std::string name;
    std::optional<std::string> description;
    std::vector<std::string> images;  ///< addresses of pictures, the first is shown in lists
    std::string currency;
    Amount price_minor;  ///< of the cheapest variant
    InventoryPolicy inventory_policy = InventoryPolicy::deny;
    bool is_active = true;
    std::vector<Variant> variants;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Product, (),
                      (id, store_id, store_name, name, description, images, currency, price_minor, inventory_policy,
                       is_active, variants, created_at))

}  // namespace liveshop::catalog
