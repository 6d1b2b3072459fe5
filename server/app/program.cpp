#include "app/program.hpp"

#include "app/settings.hpp"
#include "media/media.hpp"
#include "modules/analytics/routes.hpp"
#include "modules/catalog/account_holds.hpp"
#include "modules/catalog/followers.hpp"
#include "modules/catalog/routes.hpp"
#include "modules/checkout/account_holds.hpp"
#include "modules/checkout/jobs.hpp"
#include "modules/checkout/routes.hpp"
#include "modules/checkout/settings.hpp"
#include "modules/checkout/store_holds.hpp"
#include "modules/delivery/account_holds.hpp"
#include "modules/delivery/jobs.hpp"
#include "modules/delivery/routes.hpp"
#include "modules/discovery/routes.hpp"
#include "modules/identity/routes.hpp"
#include "modules/identity/types.hpp"
#include "modules/ledger/routes.hpp"
#include "modules/live/routes.hpp"
#include "modules/live/store_holds.hpp"
#include "modules/live/types.hpp"
#include "modules/notify/jobs.hpp"
#include "modules/notify/routes.hpp"
#include "modules/notify/settings.hpp"
#include "modules/operations/routes.hpp"
#include "modules/payouts/account_holds.hpp"
#include "modules/payouts/routes.hpp"
#include "platform/api/asyncapi.hpp"
#include "platform/api/openapi.hpp"
#include "platform/jobs/worker.hpp"
#include "platform/log.hpp"

namespace liveshop::app {
namespace {

template <class Row>
std::vector<Row> joined(std::initializer_list<std::vector<Row>> lists) {
    std::vector<Row> rows;
    for (const std::vector<Row>& list : lists) rows.insert(rows.end(), list.begin(), list.end());
    return rows;
}

}  // namespace

const Program& program() {
    static const Program tables{
        .routes = identity::routes() + catalog::routes() + catalog::follower_routes() + live::routes() +
                  ledger::routes() + checkout::routes() + delivery::routes() + payouts::routes() +
                  operations::routes() + analytics::routes() + discovery::routes() + notify::routes(),
        .constraints = joined({identity::constraints(), catalog::constraints(), ledger::constraints(),
                               checkout::constraints(), delivery::constraints(), payouts::constraints()}),
        .jobs = joined({identity::job_rows(), live::job_rows(), checkout::job_rows(), delivery::job_rows(),
                        payouts::job_rows(), discovery::job_rows(), notify::job_rows()}),
        .leaving = live::leaving_rows(),
        .deletion_holds = joined(
            {catalog::account_holds(), checkout::account_holds(), delivery::account_holds(), payouts::account_holds()}),
        .closing_holds = joined({live::store_holds(), checkout::store_holds()}),
    };
    return tables;
}

std::string openapi() { return openapi_document(program().routes, LIVESHOP_VERSION); }
std::string asyncapi() { return asyncapi_document(program().routes, LIVESHOP_VERSION); }

config::Catalog settings_catalog() {
    config::Catalog catalog;
    catalog.add<log::Settings>("log")
        .add<DatabaseSettings>("database")
        .add<EventSettings>("events")
        .add<StorageSettings>("storage")
        .add<OwnerSettings>("migrate")
        .add<ServeSettings>("serve")
        .add<jobs::WorkerSettings>("work")
        .add<identity::Settings>("identity")
        .add<live::Settings>("live")
        .add<checkout::Settings>("checkout")
        .add<notify::Settings>("notify");
    return catalog;
}

}  // namespace liveshop::app
