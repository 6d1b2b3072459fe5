#pragma once
// What people are told of, by what channel unless they say otherwise.
#include <array>
#include <cstdint>

#include "platform/access.hpp"
#include "platform/shape/described.hpp"

namespace liveshop::notify {

enum class NotificationKind {
    order_paid,
    order_confirmed,
    order_ready,
    order_picked_up,
    order_delivered,
    order_cancelled,
    order_refunded,
    driver_assigned,
    driver_at_door,
    delivery_failed,
    delivery_message,
    stream_started,
    stream_reminder,
    new_order,
    order_withdrawn,
    driver_at_store,
    delivery_unassignable,
    low_stock,
    new_review,
    store_verified,
    delivery_offered,
    delivery_withdrawn,
    payout_completed,
    payout_failed,
    kyc_verified,
    kyc_rejected,
    verification_code,
    password_changed,
};
BOOST_DESCRIBE_ENUM(NotificationKind, order_paid, order_confirmed, order_ready, order_picked_up, order_delivered,
                    order_cancelled, order_refunded, driver_assigned, driver_at_door, delivery_failed, delivery_message,
                    stream_started, stream_reminder, new_order, order_withdrawn, driver_at_store, delivery_unassignable,
                    low_stock, new_review, store_verified, delivery_offered, delivery_withdrawn, payout_completed,
                    payout_failed, kyc_verified, kyc_rejected, verification_code, password_changed)
using Kind = NotificationKind;
inline constexpr std::size_t kind_count = 28;

/// `in_app` is the list and the bell, on open pages at once; `push` is Web Push and FCM.
enum class NotificationChannel { in_app, push, email, sms };
BOOST_DESCRIBE_ENUM(NotificationChannel, in_app, push, email, sms)
using Channel = NotificationChannel;

/// A set of channels.
struct Channels {
    unsigned bits = 0;
    constexpr bool has(Channel channel) const { return (bits >> static_cast<unsigned>(channel) & 1U) != 0; }
};
constexpr Channels channels(auto... listed) { return {((1U << static_cast<unsigned>(listed)) | ... | 0U)}; }

struct KindRow {
    Kind kind;
    Access shown_to;         ///< whose preferences list it
    Channels usual;          ///< unless the person says otherwise
    std::int64_t useful_s;   ///< after so long it is not worth a push or a text message any more
    bool is_locked = false;  ///< cannot be switched off, and heeds no quiet hours
};

inline constexpr std::int64_t minutes_s = 60, hours_s = 3'600, days_s = 86'400;

inline constexpr std::array<KindRow, kind_count> kind_table = [] {
    using enum Kind;
    using enum Channel;
    constexpr Access sellers = store_people, earners = only(Role::store_owner, Role::driver);
    constexpr Access buyers = only(Role::customer), buyers_and_drivers = only(Role::customer, Role::driver);
    constexpr Channels app_push = channels(in_app, push), everywhere = channels(in_app, push, email);
    return std::array<KindRow, kind_count>{{
        {order_paid, buyers, channels(in_app, email), 1 * days_s},
        {order_confirmed, buyers, app_push, 1 * days_s},
        {order_ready, buyers, app_push, 12 * hours_s},
        {order_picked_up, buyers, app_push, 2 * hours_s},
        {order_delivered, buyers, everywhere, 2 * days_s},
        {order_cancelled, buyers, everywhere, 2 * days_s},
        {order_refunded, buyers, everywhere, 2 * days_s},
        {driver_assigned, buyers, app_push, 30 * minutes_s},
        {driver_at_door, buyers, app_push, 15 * minutes_s},
        {delivery_failed, only(Role::customer, Role::store_owner, Role::store_staff), everywhere, 1 * days_s},
        {delivery_message, buyers_and_drivers, app_push, 1 * hours_s},
        {stream_started, buyers, app_push, 30 * minutes_s},
        {stream_reminder, buyers, app_push, 15 * minutes_s},
        {new_order, sellers, app_push, 1 * days_s},
        {order_withdrawn, sellers, app_push, 1 * days_s},
        {driver_at_store, sellers, app_push, 15 * minutes_s},
        {delivery_unassignable, sellers, everywhere, 1 * days_s},
        {low_stock, sellers, channels(in_app), 1 * days_s},
        {new_review, only(Role::store_owner, Role::store_staff, Role::driver), channels(in_app), 2 * days_s},
        {store_verified, sellers, everywhere, 7 * days_s},
        {delivery_offered, only(Role::driver), app_push, 1 * minutes_s},
        {delivery_withdrawn, only(Role::driver), app_push, 1 * hours_s},
        {payout_completed, earners, channels(in_app, email), 2 * days_s},
        {payout_failed, earners, everywhere, 7 * days_s},
        {kyc_verified, earners, everywhere, 7 * days_s},
        {kyc_rejected, earners, everywhere, 7 * days_s},
        {verification_code, signed_in, channels(), 15 * minutes_s, true},
        {password_changed, signed_in, channels(in_app, email), 7 * days_s, true},
    }};
}();

constexpr const KindRow& row_of(Kind kind) { return kind_table[static_cast<std::size_t>(kind)]; }
static_assert([] {
    for (std::size_t i = 0; i < kind_count; ++i)
        if (kind_table[i].kind != static_cast<Kind>(i)) return false;
    return true;
}());

}  // namespace liveshop::notify
