#pragma once
// What the endpoints of products take and answer beside a product itself.
#include "modules/catalog/store_requests.hpp"

namespace liveshop::catalog {

using Stock = Int<0, 1'000'000>;
using Weight = Int<0, 1'000'000>;
using OptionText = Text<1, 60>;

struct NewVariant {
    std::optional<Text<1, 255>> name;  ///< else made of its option values
    std::optional<std::vector<OptionText>> option_values;
    std::optional<Text<1, 100>> sku;
    Price price_minor;
    std::optional<Price> compare_at_price_minor;
    std::optional<Price> cost_price_minor;
    std::optional<Weight> weight_g;
    Stock stock_quantity;
    std::optional<Stock> low_stock_quantity;
};
BOOST_DESCRIBE_STRUCT(NewVariant, (),
                      (name, option_values, sku, price_minor, compare_at_price_minor, cost_price_minor, weight_g,
                       stock_quantity, low_stock_quantity))

struct CreateProduct {  // POST /stores/{store_id}/products
    StoreId store_id;
    Text<1, 255> name;
    std::optional<LongText> description;
    std::optional<std::vector<PictureUrl>> images;  ///< in the order in which they are shown
    std::optional<InventoryPolicy> inventory_policy;
    std::optional<std::vector<OptionText>> option_names;
    std::optional<std::vector<Attribute>> attributes;
    std::vector<NewVariant> variants;  ///< one at least
};
BOOST_DESCRIBE_STRUCT(CreateProduct, (),
                      (store_id, name, description, images, inventory_policy, option_names, attributes, variants))

/// A variant with an id is changed, one without is added; those not named stay as they are. The stock of one that
/// exists is changed by PUT /variants/{variant_id}/stock only: a form that was opened before something was sold must
/// not bring it back.
struct VariantChange {
    std::optional<VariantId> id;
    std::optional<Text<1, 255>> name;
    std::optional<std::vector<OptionText>> option_values;
    std::optional<Text<1, 100>> sku;  ///< these four: what is left out is cleared
    std::optional<Price> compare_at_price_minor;
    std::optional<Price> cost_price_minor;
    std::optional<Weight> weight_g;
    Price price_minor;
    std::optional<Stock> stock_quantity;  ///< of a new one
    std::optional<Stock> low_stock_quantity;
};
BOOST_DESCRIBE_STRUCT(VariantChange, (),
                      (id, name, option_values, sku, compare_at_price_minor, cost_price_minor, weight_g, price_minor,
                       stock_quantity, low_stock_quantity))

struct UpdateProduct {  // PUT /products/{product_id}
    ProductId product_id;
    std::optional<Text<1, 255>> name;
    std::optional<LongText> description;
    std::optional<std::vector<PictureUrl>> images;
    std::optional<InventoryPolicy> inventory_policy;
    std::optional<bool> is_active;
    std::optional<std::vector<OptionText>> option_names;
    std::optional<std::vector<Attribute>> attributes;
    std::optional<std::vector<VariantChange>> variants;
};
BOOST_DESCRIBE_STRUCT(UpdateProduct, (),
                      (product_id, name, description, images, inventory_policy, is_active, option_names, attributes,
                       variants))

struct VariantOf {  // DELETE /variants/{variant_id}
    VariantId variant_id;
};
BOOST_DESCRIBE_STRUCT(VariantOf, (), (variant_id))

struct ChangeStock {  // PUT /variants/{variant_id}/stock: either delta, or quantity with what it was
    VariantId variant_id;
    std::optional<Int<-1'000'000, 1'000'000>> delta;  ///< so many came in, or are gone
    std::optional<Stock> quantity;                    ///< so many were counted
    std::optional<Stock> expected_quantity;
};
BOOST_DESCRIBE_STRUCT(ChangeStock, (), (variant_id, delta, quantity, expected_quantity))

struct VariantStock {
    VariantId variant_id;
    std::int64_t stock_quantity = 0;
};
BOOST_DESCRIBE_STRUCT(VariantStock, (), (variant_id, stock_quantity))

enum class ProductSort { relevance, newest, price_low, price_high };
BOOST_DESCRIBE_ENUM(ProductSort, relevance, newest, price_low, price_high)

struct FindProducts {  // GET /products
    std::optional<Text<1, 200>> q;
    std::optional<StoreId> store_id;
    std::optional<Text<1, 100>> category;  ///< of the store
    std::optional<Currency> currency;
    std::optional<Price> price_from_minor;
    std::optional<Price> price_to_minor;
    std::optional<bool> in_stock;
    std::optional<bool> on_sale;
    std::optional<ProductSort> sort;
    std::optional<Cursor> cursor;
    std::optional<PageSize> limit;
};
BOOST_DESCRIBE_STRUCT(FindProducts, (),
                      (q, store_id, category, currency, price_from_minor, price_to_minor, in_stock, on_sale, sort,
                       cursor, limit))

struct ProductPage {
    std::vector<Product> products;
    bool is_similar = false;  ///< nothing has the words of `q`: these have names that look like them
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(ProductPage, (), (products, is_similar, next_cursor))

struct ListStoreProducts {  // GET /stores/{store_id}/products
    StoreId store_id;
    std::optional<Cursor> cursor;
    std::optional<PageSize> limit;
};
BOOST_DESCRIBE_STRUCT(ListStoreProducts, (), (store_id, cursor, limit))

struct SuggestProducts {  // GET /products/suggestions
    Text<1, 100> q;
};
BOOST_DESCRIBE_STRUCT(SuggestProducts, (), (q))

struct ProductSuggestion {
    std::string name;
    ProductId product_id;
};
BOOST_DESCRIBE_STRUCT(ProductSuggestion, (), (name, product_id))

struct ProductSuggestions {
    std::vector<ProductSuggestion> suggestions;
};
BOOST_DESCRIBE_STRUCT(ProductSuggestions, (), (suggestions))

struct ProductOf {  // GET /products/{product_id}
    ProductId product_id;
};
BOOST_DESCRIBE_STRUCT(ProductOf, (), (product_id))

}  // namespace liveshop::catalog
