#include "modules/payouts/routes.hpp"

#include "modules/payouts/handlers.hpp"
#include "modules/payouts/schedule.hpp"

namespace liveshop::payouts {

std::vector<Route> routes() {
    constexpr Access earners = only(Role::driver, Role::store_owner);
    return route_table(
        get<list_my_payouts>("/payouts").by(earners).says("What the caller was paid, or will be; the newest first"),
        get<show_payout>("/payouts/{payout_id}")
            .by(only(Role::driver, Role::store_owner, Role::admin))
            .fails(Errc::payout_not_found)
            .says("A payout with the orders and deliveries it pays for"),
        get<show_payout_account>("/me/payout-account")
            .by(earners)
            .fails(Errc::store_required, catalog::Errc::store_not_found, catalog::Errc::not_your_store)
            .says("Where the caller's money goes, and when"),
        post<open_payout_account>("/me/payout-account")
            .by(earners)
            .limited({.count = 20, .per_s = 60})
            .fails(Errc::store_required, catalog::Errc::store_not_found, catalog::Errc::not_your_store,
                   Errc::provider_unavailable, Errc::account_refused)
            .says("Opens an account at the payment provider, or asks how it stands; says where the owner goes on"),
        put<change_my_payout_settings>("/me/payout-settings")
            .by(earners)
            .fails(Errc::store_required, catalog::Errc::store_not_found, catalog::Errc::not_your_store)
            .says("When the caller wants to be paid, and from which amount"),
        get<list_all_payouts>("/admin/payouts").by(admins).says("Every payout of the tenant, the newest first"),
        post<run_payouts>("/admin/payouts/run").by(admins).says("Pays everybody out now, whatever their schedule"),
        post<retry_failed_payout>("/admin/payouts/{payout_id}/retry")
            .by(admins)
            .fails(Errc::payout_not_found, Errc::payout_not_failed)
            .says("Tries a payout again that has failed"),
        get<show_payout_settings>("/admin/payout-settings").by(admins).says("When those are paid who have not said"),
        put<change_payout_settings>("/admin/payout-settings").by(admins).says("Changes it"));
}

std::vector<ConstraintRow> constraints() { return {}; }

jobs::Table job_rows() {
    constexpr int schedule_every_s = 300;
    return {
        jobs::periodic<schedule_payouts>("payouts.schedule", schedule_every_s),
        jobs::job<send_payout>("payouts.send"),
    };
}

}  // namespace liveshop::payouts
