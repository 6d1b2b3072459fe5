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
struct StaffInvitation;
using StoreId = Id<Store>;
using ProductId = Id<Product>;
using VariantId = Id<Variant>;
using StaffInvitationId = Id<StaffInvitation>;

enum class Errc {
    store_not_found,
    store_closed,
    store_closed_down,
    store_in_use,
    not_your_store,
    owner_only,
    already_decided,
    slug_taken,
    invitation_not_found,
    invitation_not_yours,
    already_staff,
    staff_not_found,
    role_unfit,
    product_not_found,
    variant_not_found,
    last_variant,
    sku_taken,
    stock_changed,
    stock_too_low,
};

constexpr ErrorRow describe_error(Errc e) {
    switch (e) {
        case Errc::store_not_found:
            return {404, "catalog.store_not_found", "There is no such store"};
        case Errc::store_closed:
            return {409, "catalog.store_closed", "This store is not selling at the moment"};
        case Errc::store_closed_down:
            return {409, "catalog.store_closed_down", "This store was closed for good"};
        case Errc::store_in_use:
            return {409, "catalog.store_in_use", "Something of this store is still under way: finish it first"};
        case Errc::not_your_store:
            return {403, "catalog.not_your_store", "Only this store's own people may do this"};
        case Errc::owner_only:
            return {403, "catalog.owner_only", "Only the store's owner may do this"};
        case Errc::already_decided:
            return {409, "catalog.already_decided", "That was decided of this store before"};
        case Errc::slug_taken:
            return {409, "catalog.slug_taken", "Another store has this address already: choose another"};
        case Errc::invitation_not_found:
            return {404, "catalog.invitation_not_found",
                    "This invitation is unknown, used or too old: ask the store for another"};
        case Errc::invitation_not_yours:
            return {403, "catalog.invitation_not_yours",
                    "This invitation was sent to another address: sign in with the account of that address"};
        case Errc::already_staff:
            return {409, "catalog.already_staff", "This person works at the store already"};
        case Errc::staff_not_found:
            return {404, "catalog.staff_not_found", "No such person works at this store"};
        case Errc::role_unfit:
            return {409, "catalog.role_unfit",
                    "A driver or an administrator cannot work at a store: use another account"};
        case Errc::product_not_found:
            return {404, "catalog.product_not_found", "There is no such product"};
        case Errc::variant_not_found:
            return {404, "catalog.variant_not_found", "There is no such product variant"};
        case Errc::last_variant:
            return {409, "catalog.last_variant", "A product needs a variant: remove the product itself"};
        case Errc::sku_taken:
            return {409, "catalog.sku_taken", "Another variant of this store has this SKU already"};
        case Errc::stock_changed:
            return {409, "catalog.stock_changed", "The stock has changed meanwhile: look at it and count again"};
        case Errc::stock_too_low:
            return {409, "catalog.stock_too_low", "There is not so much in stock"};
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

enum class Weekday { monday, tuesday, wednesday, thursday, friday, saturday, sunday };
BOOST_DESCRIBE_ENUM(Weekday, monday, tuesday, wednesday, thursday, friday, saturday, sunday)

/// One opening of a day, in the store's time zone. Where it closes no later than it opens, it lasts past midnight.
struct OpeningHours {
    Weekday weekday = Weekday::monday;
    Text<5, 5> opens;   ///< "09:00"
    Text<5, 5> closes;  ///< "18:30", at most "24:00"
};
BOOST_DESCRIBE_STRUCT(OpeningHours, (), (weekday, opens, closes))

/// A day on which a store does not open.
struct Holiday {
    Text<10, 10> date;  ///< "2026-12-24"
    std::optional<Text<1, 100>> name;
};
BOOST_DESCRIBE_STRUCT(Holiday, (), (date, name))

/// Whether tax comes on top of a price or is part of it.
enum class TaxMode { exclusive, inclusive };
BOOST_DESCRIBE_ENUM(TaxMode, exclusive, inclusive)

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
    std::optional<std::int64_t> delivery_radius_m;  ///< it delivers no farther
    std::int64_t preparation_time_s = 0;            ///< from an order's confirmation until it can be picked up
    std::string time_zone;                          ///< "Europe/Berlin": of its hours and its days
    std::vector<OpeningHours> opening_hours;        ///< none: around the clock
    std::vector<Holiday> holidays;
    std::optional<std::int64_t> tax_rate_bp;  ///< these two: the tenant's where there is none
    std::optional<TaxMode> tax_mode;
    VerificationStatus verification_status = VerificationStatus::pending;
    std::optional<std::string> verification_note;  ///< why it was rejected; for its own people
    bool is_active = true;                         ///< its owner lets it sell
    bool is_open = true;                           ///< by its hours, now
    std::optional<Timestamp> opens_at;             ///< next, within two weeks; none while it is open
    std::optional<double> rating;                  ///< 1..5, where somebody has given one
    std::int64_t review_count = 0;
    std::optional<Timestamp> closed_at;  ///< for good
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Store, (),
                      (id, owner_id, name, slug, description, logo_url, cover_url, category, address, currency,
                       minimum_order_minor, delivery_fee_minor, delivery_radius_m, preparation_time_s, time_zone,
                       opening_hours, holidays, tax_rate_bp, tax_mode, verification_status, verification_note,
                       is_active, is_open, opens_at, rating, review_count, closed_at, created_at))

/// Something that distinguishes a product: "Material", "Stoneware".
struct Attribute {
    Text<1, 60> name;
    Text<1, 300> value;
};
BOOST_DESCRIBE_STRUCT(Attribute, (), (name, value))

struct Variant {
    VariantId id;
    std::string name;                        ///< "Medium / Blue", or "Standard" where there is but one
    std::vector<std::string> option_values;  ///< one of each of the product's options, or none
    std::optional<std::string> sku;
    Amount price_minor;
    std::optional<Amount> compare_at_price_minor;
    std::optional<Amount> cost_price_minor;  ///< for the store's own people
    std::optional<std::int64_t> weight_g;
    std::int64_t stock_quantity = 0;
    std::optional<std::int64_t> low_stock_quantity;  ///< at which the store is told; for its own people
};
BOOST_DESCRIBE_STRUCT(Variant, (),
                      (id, name, option_values, sku, price_minor, compare_at_price_minor, cost_price_minor, weight_g,
                       stock_quantity, low_stock_quantity))

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
    bool is_for_sale = true;                ///< it and its store are active, and the store is verified
    std::vector<std::string> option_names;  ///< what its variants differ in: "Size", "Colour"
    std::vector<Attribute> attributes;
    std::vector<Variant> variants;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(Product, (),
                      (id, store_id, store_name, name, description, images, currency, price_minor, inventory_policy,
                       is_active, is_for_sale, option_names, attributes, variants, created_at))

/// catalog.store_verified, catalog.store_rejected, catalog.store_closed
struct StoreFact {
    StoreId store_id;
};
BOOST_DESCRIBE_STRUCT(StoreFact, (), (store_id))

/// catalog.staff_invited
struct InvitationFact {
    StaffInvitationId invitation_id;
};
BOOST_DESCRIBE_STRUCT(InvitationFact, (), (invitation_id))

/// catalog.stock_low
struct VariantFact {
    VariantId variant_id;
};
BOOST_DESCRIBE_STRUCT(VariantFact, (), (variant_id))

}  // namespace liveshop::catalog
