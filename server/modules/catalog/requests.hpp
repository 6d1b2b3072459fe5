#pragma once
// What the catalogue's endpoints take and answer beside a store or a product itself.
#include "modules/catalog/types.hpp"

namespace liveshop::catalog {

using StoreName = Text<1, 255>;
using LongText = Text<0, 5000>;
using PictureUrl = Text<1, 2000>;

struct ListStores {  // GET /stores
    std::optional<Text<1, 100>> category;
};
BOOST_DESCRIBE_STRUCT(ListStores, (), (category))

struct StoreList {
    std::vector<Store> stores;
};
BOOST_DESCRIBE_STRUCT(StoreList, (), (stores))

struct CreateStore {  // POST /stores
    StoreName name;
    Slug slug;
    std::optional<LongText> description;
    std::optional<Text<1, 100>> category;
    Address address;
    Currency currency;
    std::optional<Price> minimum_order_minor;
    std::optional<Price> delivery_fee_minor;
};
BOOST_DESCRIBE_STRUCT(CreateStore, (),
                      (name, slug, description, category, address, currency, minimum_order_minor, delivery_fee_minor))

struct UpdateStore {  // PUT /stores/{store_id}
    StoreId store_id;
    std::optional<StoreName> name;
    std::optional<LongText> description;
    std::optional<PictureUrl> logo_url;
    std::optional<PictureUrl> cover_url;
    std::optional<Text<1, 100>> category;
    std::optional<Address> address;
    std::optional<Price> minimum_order_minor;
    std::optional<Price> delivery_fee_minor;
    std::optional<bool> is_active;
};
BOOST_DESCRIBE_STRUCT(UpdateStore, (),
                      (store_id, name, description, logo_url, cover_url, category, address, minimum_order_minor,
                       delivery_fee_minor, is_active))

struct StoreOf {  // GET /stores/{store_id} and below
    StoreId store_id;
};
BOOST_DESCRIBE_STRUCT(StoreOf, (), (store_id))

struct NewVariant {
    Text<1, 255> name;
    std::optional<Text<1, 100>> sku;
    Price price_minor;
    std::optional<Price> compare_at_price_minor;
    Int<0, 1'000'000> stock_quantity;
};
BOOST_DESCRIBE_STRUCT(NewVariant, (), (name, sku, price_minor, compare_at_price_minor, stock_quantity))

struct CreateProduct {  // POST /stores/{store_id}/products
    StoreId store_id;
    Text<1, 255> name;
    std::optional<LongText> description;
    std::optional<std::vector<PictureUrl>> images;
    std::optional<InventoryPolicy> inventory_policy;
    std::vector<NewVariant> variants;  ///< one at least
};
BOOST_DESCRIBE_STRUCT(CreateProduct, (), (store_id, name, description, images, inventory_policy, variants))

/// A variant with an id is changed, one without is added; those not named stay as they are.
struct VariantChange {
    std::optional<VariantId> id;
    Text<1, 255> name;
    std::optional<Text<1, 100>> sku;
    Price price_minor;
    std::optional<Price> compare_at_price_minor;
    Int<0, 1'000'000> stock_quantity;
};
BOOST_DESCRIBE_STRUCT(VariantChange, (), (id, name, sku, price_minor, compare_at_price_minor, stock_quantity))

struct UpdateProduct {  // PUT /products/{product_id}
    ProductId product_id;
    std::optional<Text<1, 255>> name;
    std::optional<LongText> description;
    std::optional<std::vector<PictureUrl>> images;
    std::optional<bool> is_active;
    std::optional<std::vector<VariantChange>> variants;
};
BOOST_DESCRIBE_STRUCT(UpdateProduct, (), (product_id, name, description, images, is_active, variants))

struct FindProducts {  // GET /products
    std::optional<Text<1, 200>> q;
};
BOOST_DESCRIBE_STRUCT(FindProducts, (), (q))

struct ProductOf {  // GET /products/{product_id}
    ProductId product_id;
};
BOOST_DESCRIBE_STRUCT(ProductOf, (), (product_id))

struct ProductList {
    std::vector<Product> products;
};
BOOST_DESCRIBE_STRUCT(ProductList, (), (products))

struct StoreRow {  // GET /admin/stores
    StoreId id;
    TenantId tenant_id;
    std::string tenant_name;
    std::string name;
    std::string slug;
    VerificationStatus verification_status = VerificationStatus::pending;
    bool is_active = true;
    std::int64_t product_count = 0;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(StoreRow, (),
                      (id, tenant_id, tenant_name, name, slug, verification_status, is_active, product_count,
                       created_at))

struct StoreRowList {
    std::vector<StoreRow> stores;
};
BOOST_DESCRIBE_STRUCT(StoreRowList, (), (stores))

}  // namespace liveshop::catalog
