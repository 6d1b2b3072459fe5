#include "modules/catalog/api.hpp"
#include "modules/catalog/handlers.hpp"
#include "modules/catalog/store.hpp"
#include "modules/identity/api.hpp"
#include "platform/admin_database.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::catalog {
namespace {

/// What the audit trail keeps.
struct Decision {
    VerificationStatus verification_status = VerificationStatus::verified;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(Decision, (), (verification_status, reason))

awaitable<void> decide(Ctx& ctx, StoreId store_id, Decision decision) {
    const Store store = co_await get_store(ctx, store_id);
    if (store.closed_at) throw Fail(Errc::store_closed_down);
    const std::int64_t decided =
        co_await ctx.tx.count(decide_on_store, store_id, decision.verification_status, decision.reason);
    if (decided == 0) throw Fail(Errc::already_decided);
    const bool verified = decision.verification_status == VerificationStatus::verified;
    co_await identity::audit(ctx, verified ? "store.verify" : "store.reject", store_id, decision);
    co_await jobs::publish(ctx, verified ? "catalog.store_verified" : "catalog.store_rejected", StoreFact{store_id});
}

// The platform's administrators decide on the stores of every tenant, in that tenant's name; others on their own's.
awaitable<void> decide_wherever(Ctx& ctx, StoreId store_id, Decision decision) {
    const std::optional<Store> own = co_await ctx.tx.find(find_store, store_id);
    if (own) {
        co_await decide(ctx, store_id, std::move(decision));
        co_return;
    }
    bool is_platform_admin = true;
    try {
        co_await identity::require_platform_admin(ctx);
    } catch (const Fail&) {
        is_platform_admin = false;
    }
    if (!is_platform_admin) throw Fail(Errc::store_not_found);
    db::Pool& pool = ctx.services.get<AdminDatabase>().pool;
    db::Transaction look_up = pool.transaction({.tenant = std::nullopt, .read_only = true});
    const std::optional<TenantId> tenant = co_await look_up.find(find_tenant_of_store, store_id);
    if (!tenant) throw Fail(Errc::store_not_found);
    db::Transaction tx = pool.transaction({.tenant = *tenant, .read_only = false});
    Ctx there{.tenant = *tenant,
              .principal = std::nullopt,
              .tx = tx,
              .services = ctx.services,
              .now = ctx.now,
              .request_id = ctx.request_id};
    co_await decide(there, store_id, std::move(decision));
    co_await tx.commit();
    ctx.has_enqueued = ctx.has_enqueued || there.has_enqueued;
}

}  // namespace

awaitable<void> verify_store(Ctx& ctx, StoreOf in) {
    co_await decide_wherever(ctx, in.store_id, {VerificationStatus::verified, std::nullopt});
}

awaitable<void> reject_store(Ctx& ctx, RejectStore in) {
    co_await decide_wherever(ctx, in.store_id, {VerificationStatus::rejected, std::move(in.reason.value)});
}

awaitable<StoreRowList> get_all_stores(Ctx& ctx) {
    co_await identity::require_platform_admin(ctx);
    db::Transaction tx =
        ctx.services.get<AdminDatabase>().pool.transaction({.tenant = std::nullopt, .read_only = true});
    StoreRowList list;
    list.stores = co_await tx.all(list_all_stores);
    co_return list;
}

}  // namespace liveshop::catalog
