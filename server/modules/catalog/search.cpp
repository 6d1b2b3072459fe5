#include "modules/catalog/api.hpp"
#include "modules/catalog/handlers.hpp"
#include "modules/catalog/product_store.hpp"

namespace liveshop::catalog {
namespace {

constexpr std::int64_t products_a_page = 60;
constexpr int suggestions_max = 8;

ProductFilters filters_of(FindProducts in) {
    const bool by_relevance = in.sort.value_or(ProductSort::relevance) == ProductSort::relevance;
    return {.q = std::move(in.q),
            .store_id = in.store_id,
            .category = std::move(in.category),
            .currency = std::move(in.currency),
            .price_from_minor = in.price_from_minor,
            .price_to_minor = in.price_to_minor,
            .in_stock = in.in_stock,
            .on_sale = in.on_sale,
            .sort = by_relevance ? std::nullopt : in.sort,
            .after = read_cursor<ProductPlace>(in.cursor)};
}

}  // namespace

// Best match first, or else the newest; the same words and filters belong to every page.
awaitable<ProductPage> get_products_found(Ctx& ctx, FindProducts in) {
    const std::int64_t limit = in.limit ? in.limit->value : products_a_page;
    const ProductFilters filters = filters_of(std::move(in));
    std::vector<FoundProduct> found = co_await ctx.tx.all(search_products, filters, static_cast<int>(limit + 1));
    ProductPage page;
    page.is_similar = !found.empty() && found.front().is_similar;
    if (std::ssize(found) > limit) {
        found.pop_back();
        const FoundProduct& last = found.back();
        page.next_cursor = write_cursor(ProductPlace{last.score, last.created_at, last.id, last.is_similar});
    }
    std::vector<ProductId> ids;
    for (const FoundProduct& product : found) ids.push_back(product.id);
    page.products = co_await get_products(ctx, std::move(ids));
    co_return page;
}

awaitable<ProductSuggestions> get_product_suggestions(Ctx& ctx, SuggestProducts in) {
    ProductSuggestions list;
    list.suggestions = co_await ctx.tx.all(suggest_products, in.q, suggestions_max);
    co_return list;
}

}  // namespace liveshop::catalog
