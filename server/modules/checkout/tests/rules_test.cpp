#include "modules/checkout/rules.hpp"

#include <gmock/gmock.h>

#include <array>

#include "platform/db/verify.hpp"
#include "tests/support/check_constraint.hpp"
#include "tests/support/test_database.hpp"

namespace liveshop::checkout {
namespace {

using enum PaymentStatus;

// Each state machine's names are those that the database allows.
TEST(CheckoutRules, StatesAgreeWithTheDatabase) {
    const test::TestDatabase database;
    EXPECT_EQ(test::values_allowed_by(database, "orders_status_check"), test::names_of<OrderStatus>());
    EXPECT_EQ(test::values_allowed_by(database, "order_timeline_status_check"), test::names_of<OrderStatus>());
    EXPECT_EQ(test::values_allowed_by(database, "orders_payment_status_check"), test::names_of<OrderPaymentStatus>());
    EXPECT_EQ(test::values_allowed_by(database, "orders_tax_mode_check"), test::names_of<TaxMode>());
    EXPECT_EQ(test::values_allowed_by(database, "orders_fulfillment_status_check"),
              test::names_of<FulfillmentStatus>());
    EXPECT_EQ(test::values_allowed_by(database, "payments_status_check"), test::names_of<PaymentStatus>());
    EXPECT_EQ(test::values_allowed_by(database, "order_timeline_actor_type_check"), test::names_of<ActorType>());
}

TEST(CheckoutRules, QueriesFitTheSchema) {
    const test::TestDatabase database;
    std::vector<const db::QueryInfo*> own = db::registered_queries();
    std::erase_if(own, [](const db::QueryInfo* query) { return !query->name.starts_with("checkout."); });
    EXPECT_GT(own.size(), 30U);
    EXPECT_THAT(db::verify(database.app_dsn(), own), ::testing::IsEmpty());
}

TEST(CheckoutRules, OnlyWhatIsNotPickedUpIsCancelled) {
    const auto may_cancel = [](OrderStatus from) { return order_machine.next(from, OrderEvent::cancel) != nullptr; };
    for (const OrderStatus from :
         {OrderStatus::pending, OrderStatus::confirmed, OrderStatus::preparing, OrderStatus::ready})
        EXPECT_TRUE(may_cancel(from)) << name_of(from);
    for (const OrderStatus from : {OrderStatus::picked_up, OrderStatus::in_transit, OrderStatus::delivered,
                                   OrderStatus::cancelled, OrderStatus::refunded})
        EXPECT_FALSE(may_cancel(from)) << name_of(from);
}

TEST(CheckoutRules, AnAttemptIsPaidWholeOrNotAtAll) {
    const auto outcome = [](auto... statuses) { return outcome_of(std::array{statuses...}); };
    EXPECT_EQ(outcome(requires_capture), Outcome::paid);
    EXPECT_EQ(outcome(requires_capture, succeeded), Outcome::paid);
    EXPECT_EQ(outcome(requires_capture, requires_action), Outcome::needs_action);
    EXPECT_EQ(outcome(requires_action, failed), Outcome::declined);
    EXPECT_EQ(outcome(failed, requires_action), Outcome::declined);
    EXPECT_EQ(outcome(requires_capture, cancelled), Outcome::declined);
    EXPECT_EQ(outcome(failed, requires_confirmation), std::nullopt);
    EXPECT_EQ(outcome(processing), std::nullopt);
}

// What may still take money is never given up blindly: the answer is waited for, or the intent is cancelled.
TEST(CheckoutRules, EveryOpenPaymentIsEitherInDoubtOrCanBeReleased) {
    each_value<PaymentStatus>([](std::string_view name, PaymentStatus status) {
        const bool releasable = payment_machine.next(status, PaymentEvent::cancel) != nullptr;
        EXPECT_EQ(is_open(status), is_in_doubt(status) || releasable) << name;
        EXPECT_FALSE(is_in_doubt(status) && releasable) << name;
    });
}

TEST(CheckoutRules, AStoreAsksForItsOwnMovesOnly) {
    EXPECT_EQ(store_event(OrderStatus::confirmed), OrderEvent::confirm);
    EXPECT_EQ(store_event(OrderStatus::preparing), OrderEvent::prepare);
    EXPECT_EQ(store_event(OrderStatus::ready), OrderEvent::finish);
    EXPECT_EQ(store_event(OrderStatus::cancelled), OrderEvent::cancel);
    for (const OrderStatus other : {OrderStatus::pending, OrderStatus::picked_up, OrderStatus::in_transit,
                                    OrderStatus::delivered, OrderStatus::refunded})
        EXPECT_EQ(store_event(other), std::nullopt) << name_of(other);
}

}  // namespace
}  // namespace liveshop::checkout
