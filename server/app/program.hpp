#pragma once
// The wiring: every module's routes, refusals, jobs and settings, each in one list.
#include "modules/catalog/api.hpp"
#include "modules/identity/api.hpp"
#include "platform/api/route.hpp"
#include "platform/config/catalog.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/sockets.hpp"

namespace liveshop::app {

struct Program {
    std::vector<Route> routes;
    std::vector<ConstraintRow> constraints;
    jobs::Table jobs;
    std::vector<LeavingRow> leaving;
    identity::DeletionHolds deletion_holds;
    catalog::ClosingHolds closing_holds;
};

/// Built once; the threads share it and nobody changes it.
const Program& program();

/// The OpenAPI document of the routes.
std::string openapi();
/// The AsyncAPI document of the socket events.
std::string asyncapi();

/// Every setting of every component.
config::Catalog settings_catalog();

}  // namespace liveshop::app
