#include "modules/delivery/rules.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "modules/delivery/after_requests.hpp"
#include "modules/delivery/dispatch_requests.hpp"
#include "modules/delivery/eta.hpp"
#include "modules/delivery/outcomes.hpp"
#include "modules/delivery/proof.hpp"
#include "platform/db/verify.hpp"
#include "tests/support/check_constraint.hpp"
#include "tests/support/test_database.hpp"

namespace liveshop::delivery {
namespace {

using enum DeliveryStatus;

const Point store{40.12, -74.2};
const Point home{40.10, -74.2};

Address address_at(Point at) {
    return {.street = {"1 Test Street"},
            .city = {"Springfield"},
            .state = std::nullopt,
            .zip = {"12345"},
            .country = {"US"},
            .lat = {at.lat},
            .lng = {at.lng}};
}

Timestamp second(double s) { return {static_cast<std::int64_t>((1e9 + s) * 1e6)}; }

Delivery delivery_in(DeliveryStatus status) {
    Delivery delivery;
    delivery.status = status;
    delivery.pickup_address = address_at(store);
    delivery.dropoff_address = address_at(home);
    if (is_carried(status)) delivery.picked_up_at = second(0);
    return delivery;
}

Point north_of(Point from, double m) { return {from.lat + m / 111'195.08, from.lng}; }

TEST(DeliveryRules, StatesAgreeWithTheDatabase) {
    const test::TestDatabase database;
    EXPECT_EQ(test::values_allowed_by(database, "deliveries_status_check"), test::names_of<DeliveryStatus>());
    std::string active;
    each_value<DeliveryStatus>([&](std::string_view name, DeliveryStatus status) {
        Delivery delivery = delivery_in(status);
        if (keeps_driver_busy(delivery)) active += (active.empty() ? "" : ",") + std::string(name);
    });
    EXPECT_EQ(database.execute("select string_agg(value[1], ',') from regexp_matches("
                               "pg_get_indexdef('deliveries_one_active'::regclass), $$'([^']*)'::text$$, 'g') value"),
              active)
        << "nobody has two of these";
}

TEST(DeliveryRules, QueriesFitTheSchema) {
    const test::TestDatabase database;
    EXPECT_THAT(db::verify(database.app_dsn()), ::testing::IsEmpty());
}

TEST(DeliveryRules, OnlyWhatIsNotPickedUpIsCancelled) {
    each_value<DeliveryStatus>([](std::string_view name, DeliveryStatus status) {
        const bool may_cancel = delivery_machine.next(status, DeliveryEvent::cancel) != nullptr;
        EXPECT_EQ(may_cancel, status == pending || status == accepted || status == at_pickup) << name;
        const bool may_fail = delivery_machine.next(status, DeliveryEvent::fail) != nullptr;
        EXPECT_EQ(may_fail, is_carried(status)) << name;
        EXPECT_EQ(delivery_machine.next(status, DeliveryEvent::deliver) != nullptr, is_carried(status)) << name;
        EXPECT_EQ(delivery_machine.is_final(status), status != pending && !is_active(status)) << name;
    });
}

TEST(DeliveryRules, DistancesAreThoseOfTheEarth) {
    EXPECT_NEAR(distance_m({0, 0}, {1, 0}), 111'195.08, 0.01);
    EXPECT_NEAR(distance_m({60, 0}, {60, 1}), 111'195.08 / 2, 10);
    EXPECT_NEAR(distance_m({0, 179.5}, {0, -179.5}), 111'195.08, 0.01) << "across the date line";
    EXPECT_NEAR(distance_m({90, 0}, {-90, 77}), 20'015'114.4, 1) << "from pole to pole";
    EXPECT_EQ(distance_m(home, home), 0);
}

TEST(DeliveryRules, APositionIsBelievedIfItsDriverCanBeThere) {
    const Fix last{store, 0, second(0)};
    const auto judge = [&](double moved_m, double after_s, double accuracy_m = 0) {
        return fault_of({north_of(store, moved_m), accuracy_m, second(after_s)}, last, second(after_s));
    };
    EXPECT_EQ(judge(690, 10), std::nullopt);
    EXPECT_EQ(judge(710, 10), PositionFault::impossible);
    EXPECT_EQ(judge(-710, 10), PositionFault::impossible);
    EXPECT_EQ(judge(710, 10, 20), std::nullopt) << "within what the receiver says of itself";
    EXPECT_EQ(judge(2'000, 10, 5'000), PositionFault::impossible) << "which excuses only so much";
    EXPECT_EQ(judge(60, 0.1), std::nullopt);
    EXPECT_EQ(judge(80, 0.1), PositionFault::impossible);
    EXPECT_EQ(fault_of({home, 0, second(0)}, std::nullopt, second(0)), std::nullopt) << "the first one";
}

TEST(DeliveryRules, APositionIsBelievedInItsTime) {
    const Fix last{store, 0, second(100)};
    const auto judge = [&](double recorded_s, double now_s) {
        return fault_of({store, 0, second(recorded_s)}, last, second(now_s));
    };
    EXPECT_EQ(judge(101, 101), std::nullopt);
    EXPECT_EQ(judge(101, 221), std::nullopt);
    EXPECT_EQ(judge(101, 221.5), PositionFault::late);
    EXPECT_EQ(judge(100, 101), PositionFault::out_of_order) << "the same once more";
    EXPECT_EQ(judge(99, 101), PositionFault::out_of_order);
    EXPECT_EQ(judge(130, 101), std::nullopt);
    EXPECT_EQ(judge(132, 101), PositionFault::in_future);
}

TEST(DeliveryRules, NumbersOfAReportAreChecked) {
    ReportPosition in;
    in.heading = 360;
    in.speed = 0;
    in.accuracy = 12.5;
    EXPECT_TRUE(faults_in(in).empty());
    in.heading = -1;
    in.speed = 1'001;
    in.accuracy = -0.1;
    EXPECT_EQ(faults_in(in).size(), 3U);
}

TEST(DeliveryRules, APositionIsShownOnlyBetweenPickUpAndDropOff) {
    each_value<DeliveryStatus>([](std::string_view name, DeliveryStatus status) {
        EXPECT_EQ(is_shown(delivery_in(status), second(1)), is_carried(status)) << name;
        EXPECT_FALSE(is_shown(delivery_in(status), second(-1))) << name << ": from before the pick-up";
    });
}

TEST(DeliveryRules, PositionsMoveADelivery) {
    const auto event = [](DeliveryStatus status, Point at) {
        return event_at(delivery_in(status), {at, 0, second(1)});
    };
    EXPECT_EQ(event(accepted, north_of(store, 70)), DeliveryEvent::reach_store);
    EXPECT_EQ(event(accepted, north_of(store, 80)), std::nullopt);
    EXPECT_EQ(event(accepted, home), std::nullopt);
    EXPECT_EQ(event(at_pickup, home), std::nullopt) << "the pick-up is the driver's word";
    EXPECT_EQ(event(picked_up, store), DeliveryEvent::depart);
    EXPECT_EQ(event_at(delivery_in(picked_up), {store, 0, second(-1)}), std::nullopt) << "from before the pick-up";
    EXPECT_EQ(event(in_transit, store), std::nullopt);
    EXPECT_EQ(event(in_transit, north_of(home, -70)), DeliveryEvent::reach_customer);
    for (const DeliveryStatus status : {pending, at_dropoff, delivered, failed, cancelled})
        EXPECT_EQ(event(status, home), std::nullopt) << name_of(status);
    each_value<DeliveryStatus>([&](std::string_view name, DeliveryStatus status) {
        for (const Point at : {store, home})
            if (const auto found = event(status, at)) EXPECT_TRUE(delivery_machine.next(status, *found)) << name;
    });
}

TEST(DeliveryRules, TheTimeLeftIsByThePaceWhereItTells) {
    EXPECT_EQ(eta_s(2'500), 468) << "3.25 km of road at 25 km/h";
    EXPECT_EQ(eta_s(2'500, {1'000, 100}), 325) << "at 10 m/s";
    EXPECT_EQ(eta_s(2'500, {500, 50}), 468) << "less than a minute tells nothing";
    EXPECT_EQ(eta_s(2'500, {10, 100}), 468) << "a driver who waits";
    EXPECT_EQ(eta_s(2'500, {9'000, 100}), 468) << "nonsense";
    EXPECT_EQ(eta_s(0), 0);
    EXPECT_EQ(eta_s(0.5), 1) << "not there yet";
}

TEST(DeliveryRules, ADriverIsBusyUntilTheParcelIsBack) {
    Delivery delivery = delivery_in(failed);
    EXPECT_TRUE(keeps_driver_busy(delivery));
    delivery.returned_at = second(9);
    EXPECT_FALSE(keeps_driver_busy(delivery));
    EXPECT_FALSE(keeps_driver_busy(delivery_in(pending)));
    EXPECT_FALSE(keeps_driver_busy(delivery_in(delivered)));
    EXPECT_FALSE(keeps_driver_busy(delivery_in(cancelled)));
}

TEST(DeliveryRules, AJobIsGivenBackBeforeThePickUpOnly) {
    each_value<DeliveryStatus>([](std::string_view name, DeliveryStatus status) {
        const DeliveryStatus* const to = delivery_machine.next(status, DeliveryEvent::give_back);
        EXPECT_EQ(to != nullptr, status == accepted || status == at_pickup) << name;
        if (to) EXPECT_EQ(*to, pending);
    });
}

TEST(DeliveryRules, OtherNamesAgreeWithTheDatabase) {
    const test::TestDatabase database;
    EXPECT_EQ(test::values_allowed_by(database, "delivery_offers_status_check"), test::names_of<OfferStatus>());
    EXPECT_EQ(test::values_allowed_by(database, "deliveries_failure_reason_check"), test::names_of<FailureReason>());
    EXPECT_EQ(test::values_allowed_by(database, "delivery_messages_sender_check"), test::names_of<MessageSender>());
}

// Whoever pays, the parts are the whole.
TEST(DeliveryRules, EveryOutcomeDividesTheWholeOrder) {
    for (const FailureRow& row : failure_table) {
        const checkout::Division& division = row.division;
        EXPECT_TRUE(division.refunds_goods) << "nobody pays for what did not come";
        EXPECT_EQ(row.is_restocked, !division.pays_store) << "goods or money";
        EXPECT_EQ(division.refunds_shipping, !division.pays_driver)
            << "who drove for nothing is not paid by the customer";
    }
}

TEST(DeliveryRules, ASignatureIsPathDataAndNothingElse) {
    EXPECT_TRUE(is_signature("M 10 10 L 20.5,-3 Q 1 2 3 4 Z"));
    EXPECT_TRUE(is_signature("m0 0l1 1"));
    for (const std::string_view bad : {"", "L 1 1", "M 0 0\"/><script>", "M 0 0 url(x)", "M 0 0 L 1e5 1"})
        EXPECT_FALSE(is_signature(bad)) << bad;
}

}  // namespace
}  // namespace liveshop::delivery
