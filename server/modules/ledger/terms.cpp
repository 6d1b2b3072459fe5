#include <cmath>

#include "modules/catalog/api.hpp"
#include "modules/ledger/api.hpp"
#include "modules/ledger/handlers.hpp"
#include "modules/ledger/terms_store.hpp"

namespace liveshop::ledger {
namespace {

constexpr std::int64_t metres_per_km = 1'000;

}  // namespace

Amount delivery_fee(const Terms& terms, Amount flat_minor, double distance_m) {
    if (terms.delivery_fee_model == DeliveryFeeModel::flat) return flat_minor;
    const auto metres = static_cast<std::int64_t>(std::llround(distance_m));
    const Amount by_distance = terms.delivery_per_km_minor * metres;
    return terms.delivery_base_minor + Amount{(by_distance.minor + metres_per_km / 2) / metres_per_km};
}

awaitable<Terms> get_terms(Ctx& ctx, catalog::StoreId store_id) {
    const Terms terms = co_await ctx.tx.one(find_terms, ctx.tenant, std::optional(store_id));
    co_return terms;
}

awaitable<Terms> show_tenant_terms(Ctx& ctx) {
    const Terms terms = co_await ctx.tx.one(find_terms, ctx.tenant, std::nullopt);
    co_return terms;
}

awaitable<Terms> change_tenant_terms(Ctx& ctx, TermsChange in) {
    co_await ctx.tx.run(save_terms, std::nullopt, in);
    const Terms terms = co_await show_tenant_terms(ctx);
    co_return terms;
}

awaitable<Terms> show_store_terms(Ctx& ctx, TermsOf in) {
    co_await catalog::get_own_store(ctx, in.store_id);
    const Terms terms = co_await get_terms(ctx, in.store_id);
    co_return terms;
}

awaitable<Terms> change_store_terms(Ctx& ctx, StoreTermsChange in) {
    co_await catalog::get_store(ctx, in.store_id);
    co_await ctx.tx.run(save_terms, std::optional(in.store_id), static_cast<const TermsChange&>(in));
    const Terms terms = co_await get_terms(ctx, in.store_id);
    co_return terms;
}

awaitable<Terms> drop_store_terms(Ctx& ctx, TermsOf in) {
    co_await catalog::get_store(ctx, in.store_id);
    co_await ctx.tx.run(delete_store_terms, in.store_id);
    const Terms terms = co_await get_terms(ctx, in.store_id);
    co_return terms;
}

}  // namespace liveshop::ledger
