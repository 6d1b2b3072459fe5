#pragma once
// What the payment provider tells by itself. Its events come in any order, several times, late or never: each is taken
// once and only says where to look. What a payment came to is asked of the provider, or is final.
#include "modules/checkout/types.hpp"
#include "platform/api/route.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::checkout {

/// POST /webhooks/stripe: what is read of an event, which has more members.
struct ProviderEvent {
    std::string id;            ///< "evt_…"
    std::string type;          ///< "payment_intent.succeeded"
    std::int64_t created = 0;  ///< seconds since the epoch, by the provider's clock
    json::value data;          ///< { object }: as it was when the event was written
};
BOOST_DESCRIBE_STRUCT(ProviderEvent, (), (id, type, created, data))

std::vector<Route> provider_event_routes();
/// Forgets events that the provider does not send again.
jobs::Table provider_event_jobs();

}  // namespace liveshop::checkout
