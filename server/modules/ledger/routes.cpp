#include "modules/ledger/routes.hpp"

#include "modules/ledger/handlers.hpp"

namespace liveshop::ledger {

std::vector<Route> routes() {
    constexpr Access earners = only(Role::driver, Role::store_owner);
    return route_table(
        get<get_balance>("/me/balance").by(earners).says("What the caller is owed, and the newest entries behind it"),
        get<get_earnings>("/me/earnings").by(earners).says("What the caller has earned by day or by week"),
        get<show_tenant_terms>("/admin/terms")
            .by(admins)
            .says("Commission and delivery fees where a store has none of its own"),
        put<change_tenant_terms>("/admin/terms").by(admins).says("Changes them for the orders from now on"),
        get<show_store_terms>("/stores/{store_id}/terms")
            .by(only(Role::store_owner, Role::store_staff, Role::admin))
            .fails(catalog::Errc::store_not_found, catalog::Errc::not_your_store)
            .says("A store's commission and delivery fees, for its own people"),
        put<change_store_terms>("/admin/stores/{store_id}/terms")
            .by(admins)
            .fails(catalog::Errc::store_not_found)
            .says("Gives a store terms of its own, for the orders from now on"),
        del<drop_store_terms>("/admin/stores/{store_id}/terms")
            .by(admins)
            .fails(catalog::Errc::store_not_found)
            .says("Puts a store back on the tenant's terms"));
}

std::vector<ConstraintRow> constraints() { return {}; }

}  // namespace liveshop::ledger
