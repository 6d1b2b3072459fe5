#include "modules/delivery/routes.hpp"

#include "modules/delivery/handlers.hpp"

namespace liveshop::delivery {

std::vector<Route> routes() {
    constexpr Rate moving{.count = 150, .per_s = 60};
    return route_table(
        get<list_deliveries>("/deliveries").by(drivers).says("The driver's own deliveries, the newest first"),
        get<list_nearby_deliveries>("/deliveries/nearby")
            .by(drivers)
            .says("Open jobs around a place, the nearest first"),
        post<accept_delivery>("/deliveries/{delivery_id}/accept")
            .also_on("delivery:accept")
            .by(drivers)
            .fails(Errc::delivery_not_found, Errc::no_longer_open, Errc::driver_busy)
            .says("Takes an open job: of several drivers one gets it"),
        post<pick_up_delivery>("/deliveries/{delivery_id}/pickup")
            .also_on("delivery:pickup")
            .by(drivers)
            .fails(Errc::delivery_not_found, Errc::not_your_delivery, Errc::move_not_allowed,
                   checkout::Errc::move_not_allowed)
            .says("The driver has the parcel: the order's payment is captured, once"),
        post<complete_delivery>("/deliveries/{delivery_id}/complete")
            .also_on("delivery:complete")
            .by(drivers)
            .fails(Errc::delivery_not_found, Errc::not_your_delivery, Errc::move_not_allowed)
            .says("The customer has the parcel: store and driver are credited"),
        put<report_position>("/deliveries/location")
            .also_on("driver:location")
            .by(drivers)
            .limited(moving)
            .says("Where the driver is; what cannot be true is not accepted, and the answer says why"),
        put<report_delivery_position>("/deliveries/{delivery_id}/location")
            .by(drivers)
            .limited(moving)
            .fails(Errc::delivery_not_found, Errc::not_your_delivery)
            .says("Where the driver of this delivery is"),
        put<set_availability>("/deliveries/availability")
            .also_on("driver:available")
            .by(drivers)
            .says("Whether the driver wants jobs; by socket, new ones are told from then on"),
        get<track_delivery>("/deliveries/{delivery_id}/tracking")
            .fails(Errc::delivery_not_found)
            .says("How a delivery stands, for those it concerns; where its driver is, between pick-up and drop-off"));
}

std::vector<ConstraintRow> constraints() {
    return {
        {"deliveries_one_active", describe_error(Errc::driver_busy)},
        {"driver_locations_current_delivery_fkey", describe_error(Errc::delivery_not_found)},
    };
}

}  // namespace liveshop::delivery
