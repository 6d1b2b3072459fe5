#pragma once
// What the endpoints of payouts take and answer.
#include "modules/ledger/types.hpp"
#include "modules/payouts/types.hpp"

namespace liveshop::payouts {

struct PayoutList {
    std::vector<Payout> payouts;  ///< the newest first, at most two hundred
};
BOOST_DESCRIBE_STRUCT(PayoutList, (), (payouts))

struct PayoutOf {  // GET /payouts/{payout_id}, POST /admin/payouts/{payout_id}/retry
    PayoutId payout_id;
};
BOOST_DESCRIBE_STRUCT(PayoutOf, (), (payout_id))

struct PayoutsQuery {  // GET /admin/payouts
    std::optional<PayoutStatus> status;
};
BOOST_DESCRIBE_STRUCT(PayoutsQuery, (), (status))

/// An order or a refund that a payout pays for, or takes back.
struct PayoutItem {
    ledger::EntryKind kind = ledger::EntryKind::delivery;
    std::optional<OrderId> order_id;
    std::optional<std::string> order_number;
    std::optional<DeliveryId> delivery_id;
    Amount amount_minor;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(PayoutItem, (), (kind, order_id, order_number, delivery_id, amount_minor, created_at))

struct PayoutDetail {
    Payout payout;
    std::vector<PayoutItem> items;  ///< the oldest first; they sum to its amount
};
BOOST_DESCRIBE_STRUCT(PayoutDetail, (), (payout, items))

/// When somebody is paid. A store's days are those of its own time zone.
struct PayoutSettings {
    PayoutSchedule schedule = PayoutSchedule::weekly;
    Weekday weekday = Weekday::monday;   ///< of a weekly one
    std::int64_t minimum_minor = 1'000;  ///< less than this waits for the next time
    std::string time_zone = "UTC";
};
BOOST_DESCRIBE_STRUCT(PayoutSettings, (), (schedule, weekday, minimum_minor, time_zone))

struct PayoutSettingsChange {  // PUT /admin/payout-settings; what is left out stays as it is
    std::optional<PayoutSchedule> schedule;
    std::optional<Weekday> weekday;
    std::optional<Int<1, 100'000'000>> minimum_minor;
    std::optional<Text<1, 64>> time_zone;  ///< of the days of drivers
};
BOOST_DESCRIBE_STRUCT(PayoutSettingsChange, (), (schedule, weekday, minimum_minor, time_zone))

struct OwnPayoutSettingsChange : PayoutSettingsChange {  // PUT /me/payout-settings
    std::optional<StoreId> store_id;                     ///< for an owner: which store is meant
};
BOOST_DESCRIBE_STRUCT(OwnPayoutSettingsChange, (PayoutSettingsChange), (store_id))

struct PayoutAccountOf {  // GET, POST /me/payout-account
    std::optional<StoreId> store_id;
};
BOOST_DESCRIBE_STRUCT(PayoutAccountOf, (), (store_id))

/// Where somebody's money goes, and when.
struct PayoutAccount {
    bool is_open = false;      ///< there is an account at the payment provider
    bool can_be_paid = false;  ///< and the provider knows enough of its owner
    PayoutSettings settings;
    std::vector<ledger::Balance> open_balances;  ///< what no payout has settled
    std::optional<std::string> onboarding_url;   ///< after POST: the provider's page that asks for the rest
};
BOOST_DESCRIBE_STRUCT(PayoutAccount, (), (is_open, can_be_paid, settings, open_balances, onboarding_url))

/// payout:update, to its recipient
struct PayoutUpdate {
    Payout payout;
};
BOOST_DESCRIBE_STRUCT(PayoutUpdate, (), (payout))

}  // namespace liveshop::payouts
