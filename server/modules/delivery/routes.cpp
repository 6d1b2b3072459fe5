#include "modules/delivery/routes.hpp"

#include "modules/delivery/handlers.hpp"
#include "platform/pictures/pictures.hpp"

namespace liveshop::delivery {

namespace {

constexpr Access store_side = only(Role::store_owner, Role::store_staff, Role::admin);

std::vector<Route> driver_routes() {
    constexpr Rate moving{.count = 150, .per_s = 60};
    return route_table(
        get<list_deliveries>("/deliveries").by(drivers).says("The driver's own deliveries, the newest first"),
        get<list_nearby_deliveries>("/deliveries/nearby")
            .by(drivers)
            .says("Open jobs around a place, the nearest first"),
        get<show_duty>("/deliveries/availability").by(drivers).says("Whether the driver wants jobs, and may carry any"),
        put<set_availability>("/deliveries/availability")
            .also_on("driver:available")
            .by(drivers)
            .fails(Errc::driver_not_verified)
            .says("Whether the driver wants jobs; by socket, new ones are told from then on"),
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
        get<list_offers>("/deliveries/offers").by(drivers).says("What the driver is being asked"),
        post<accept_offer>("/deliveries/offers/{offer_id}/accept")
            .by(drivers)
            .fails(Errc::offer_not_found, Errc::offer_closed, Errc::no_longer_open, Errc::driver_busy,
                   Errc::driver_not_verified)
            .says("Takes the job that is offered"),
        post<decline_offer>("/deliveries/offers/{offer_id}/decline")
            .by(drivers)
            .fails(Errc::offer_not_found, Errc::offer_closed)
            .says("Leaves the job that is offered to the next driver"));
}

std::vector<Route> job_routes() {
    return route_table(
        post<accept_delivery>("/deliveries/{delivery_id}/accept")
            .also_on("delivery:accept")
            .by(drivers)
            .fails(Errc::delivery_not_found, Errc::no_longer_open, Errc::offered_elsewhere, Errc::driver_busy,
                   Errc::driver_not_verified)
            .says("Takes an open job: of several drivers one gets it"),
        post<arrive>("/deliveries/{delivery_id}/arrive")
            .by(drivers)
            .fails(Errc::delivery_not_found, Errc::not_your_delivery, Errc::move_not_allowed,
                   checkout::Errc::move_not_allowed)
            .says("The driver is at the store, or at the customer's; positions say so by themselves"),
        post<pick_up_delivery>("/deliveries/{delivery_id}/pickup")
            .also_on("delivery:pickup")
            .by(drivers)
            .fails(Errc::delivery_not_found, Errc::not_your_delivery, Errc::move_not_allowed,
                   checkout::Errc::move_not_allowed)
            .says("The driver has the parcel: the order's payment is captured, once"),
        post<depart>("/deliveries/{delivery_id}/depart")
            .by(drivers)
            .fails(Errc::delivery_not_found, Errc::not_your_delivery, Errc::move_not_allowed,
                   checkout::Errc::move_not_allowed)
            .says("The driver is on the way to the customer; positions say so by themselves"),
        put<keep_photo>("/deliveries/{delivery_id}/proof/photo")
            .by(drivers)
            .takes_picture()
            .limited({.count = 20, .per_s = 60})
            .fails(Errc::delivery_not_found, Errc::not_your_delivery, Errc::move_not_allowed, Errc::proof_kept)
            .says("A photo of the parcel where it was left, for those whom the delivery concerns"),
        post<complete_delivery>("/deliveries/{delivery_id}/complete")
            .also_on("delivery:complete")
            .by(drivers)
            .idempotent()
            .limited({.count = 30, .per_s = 60})
            .fails(Errc::delivery_not_found, Errc::not_your_delivery, Errc::move_not_allowed, Errc::proof_required,
                   Errc::wrong_code, Errc::code_locked)
            .says("The customer has the parcel: store and driver are credited"),
        post<give_delivery_back>("/deliveries/{delivery_id}/cancel")
            .by(drivers)
            .fails(Errc::delivery_not_found, Errc::not_your_delivery, Errc::move_not_allowed)
            .says("The driver gives a job back before the pick-up: the next one is asked"),
        post<fail_delivery>("/deliveries/{delivery_id}/fail")
            .by(drivers)
            .fails(Errc::delivery_not_found, Errc::not_your_delivery, Errc::move_not_allowed,
                   checkout::Errc::move_not_allowed)
            .says("The parcel could not be handed over, and goes back; the money is divided by the reason"),
        post<return_parcel>("/deliveries/{delivery_id}/return")
            .by(drivers)
            .fails(Errc::delivery_not_found, Errc::not_your_delivery, Errc::move_not_allowed)
            .says("The parcel is at its store again: the driver is free"));
}

std::vector<Route> customer_routes() {
    return route_table(
        get<track_delivery>("/deliveries/{delivery_id}/tracking")
            .fails(Errc::delivery_not_found)
            .says("How a delivery stands, for those it concerns; where its driver is, between pick-up and drop-off"),
        put<set_note_for_driver>("/deliveries/{delivery_id}/note")
            .fails(Errc::delivery_not_found, Errc::not_under_way)
            .says("What the customer wants the driver to know"),
        get<list_delivery_messages>("/deliveries/{delivery_id}/messages")
            .fails(Errc::delivery_not_found)
            .says("What customer and driver have said"),
        post<send_delivery_message>("/deliveries/{delivery_id}/messages")
            .creates()
            .idempotent()
            .limited({.count = 30, .per_s = 60})
            .fails(Errc::delivery_not_found, Errc::not_under_way)
            .says("Says something to the driver, or to the customer, while the delivery runs"),
        get<show_proof>("/deliveries/{delivery_id}/proof")
            .fails(Errc::delivery_not_found)
            .says("What shows that the parcel was handed over, for those whom it concerns"),
        get<show_photo>("/deliveries/{delivery_id}/proof/photo")
            .gives(pictures::content_type)
            .fails(Errc::delivery_not_found, Errc::proof_not_found)
            .says("The photo, for those whom it concerns"),
        post<rate_delivery>("/deliveries/{delivery_id}/rating")
            .creates()
            .idempotent()
            .fails(Errc::delivery_not_found, Errc::not_delivered, Errc::already_rated)
            .says("Stars and words for the driver, and for the store: once"),
        get<list_store_reviews>("/stores/{store_id}/reviews")
            .by(anyone)
            .fails(catalog::Errc::store_not_found)
            .says("What customers say of a store, the newest first"));
}

std::vector<Route> store_routes() {
    return route_table(
        get<list_store_deliveries>("/stores/{store_id}/deliveries")
            .by(store_side)
            .fails(catalog::Errc::store_not_found, catalog::Errc::not_your_store)
            .says("A store's deliveries under way, and who carries them"),
        get<list_nearby_drivers>("/stores/{store_id}/drivers/nearby")
            .by(store_side)
            .fails(catalog::Errc::store_not_found, catalog::Errc::not_your_store)
            .says("Verified drivers near the store who could take a job now"),
        post<assign_driver>("/stores/{store_id}/deliveries/{delivery_id}/assign")
            .by(store_side)
            .fails(catalog::Errc::store_not_found, catalog::Errc::not_your_store, Errc::delivery_not_found,
                   Errc::driver_not_available, Errc::driver_busy, Errc::no_longer_open)
            .says("Gives an open delivery to a driver of the store's choice"),
        post<take_parcel_back>("/stores/{store_id}/deliveries/{delivery_id}/return")
            .by(store_side)
            .fails(catalog::Errc::store_not_found, catalog::Errc::not_your_store, Errc::delivery_not_found,
                   Errc::move_not_allowed)
            .says("The store has a parcel again that was not handed over"),
        get<show_store_delivery_settings>("/stores/{store_id}/delivery-settings")
            .by(store_side)
            .fails(catalog::Errc::store_not_found, catalog::Errc::not_your_store)
            .says("How a store's jobs are offered, and what proves them"),
        put<change_store_delivery_settings>("/stores/{store_id}/delivery-settings")
            .by(store_side)
            .fails(catalog::Errc::store_not_found, catalog::Errc::not_your_store)
            .says("Changes them for the deliveries from now on"),
        get<show_delivery_settings>("/admin/delivery-settings")
            .by(admins)
            .says("How jobs are offered and proved where a store has not said"),
        put<change_delivery_settings>("/admin/delivery-settings")
            .by(admins)
            .says("Changes them for the deliveries from now on"));
}

}  // namespace

std::vector<Route> routes() { return driver_routes() + job_routes() + customer_routes() + store_routes(); }

std::vector<ConstraintRow> constraints() {
    return {
        {"deliveries_one_active", describe_error(Errc::driver_busy)},
        {"driver_locations_current_delivery_fkey", describe_error(Errc::delivery_not_found)},
    };
}

}  // namespace liveshop::delivery
