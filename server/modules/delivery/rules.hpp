#pragma once
// What a delivery may do, and which positions are believed. Pure: no clock, no I/O, no SQL.
#include <algorithm>

#include "modules/delivery/requests.hpp"
#include "platform/geo.hpp"
#include "platform/states.hpp"

namespace liveshop::delivery {

enum class DeliveryEvent { accept, give_back, reach_store, pick_up, depart, reach_customer, deliver, fail, cancel };
BOOST_DESCRIBE_ENUM(DeliveryEvent, accept, give_back, reach_store, pick_up, depart, reach_customer, deliver, fail,
                    cancel)

inline constexpr auto delivery_machine = [] {
    using enum DeliveryStatus;
    using enum DeliveryEvent;
    return Machine<DeliveryStatus, DeliveryEvent, 17>{pending,
                                                      {{
                                                          {pending, accept, accepted},
                                                          {pending, cancel, cancelled},
                                                          {accepted, give_back, pending},
                                                          {accepted, reach_store, at_pickup},
                                                          {accepted, pick_up, picked_up},
                                                          {accepted, cancel, cancelled},
                                                          {at_pickup, pick_up, picked_up},
                                                          {at_pickup, give_back, pending},
                                                          {at_pickup, cancel, cancelled},
                                                          {picked_up, depart, in_transit},
                                                          {picked_up, deliver, delivered},
                                                          {picked_up, fail, failed},
                                                          {in_transit, reach_customer, at_dropoff},
                                                          {in_transit, deliver, delivered},
                                                          {in_transit, fail, failed},
                                                          {at_dropoff, deliver, delivered},
                                                          {at_dropoff, fail, failed},
                                                      }}};
}();
static_assert(delivery_machine.sound());
static_assert(!delivery_machine.next(DeliveryStatus::accepted, DeliveryEvent::deliver), "nothing to hand over yet");
static_assert(!delivery_machine.next(DeliveryStatus::picked_up, DeliveryEvent::cancel), "the parcel is on its way");
static_assert(!delivery_machine.next(DeliveryStatus::picked_up, DeliveryEvent::give_back), "and so is its driver");
static_assert(delivery_machine.is_final(DeliveryStatus::delivered) &&
              delivery_machine.is_final(DeliveryStatus::failed) &&
              delivery_machine.is_final(DeliveryStatus::cancelled));

/// Between pick-up and drop-off: the only time at which others see where the driver is.
constexpr bool is_carried(DeliveryStatus status) {
    return status == DeliveryStatus::picked_up || status == DeliveryStatus::in_transit ||
           status == DeliveryStatus::at_dropoff;
}
/// Some driver's job in hand.
constexpr bool is_active(DeliveryStatus status) {
    return status == DeliveryStatus::accepted || status == DeliveryStatus::at_pickup || is_carried(status);
}

/// Whether somebody has the parcel or is bound to fetch it: such a driver gets no other.
inline bool keeps_driver_busy(const Delivery& delivery) {
    return is_active(delivery.status) || (delivery.status == DeliveryStatus::failed && !delivery.returned_at);
}

inline Point point_of(const Address& address) { return {address.lat.value, address.lng.value}; }

/// A measured position.
struct Fix {
    Point at;
    double accuracy_m = 0;
    Timestamp recorded_at;
};

inline constexpr std::int64_t position_age_max_s = 120;  ///< an older one does not say where the driver is
inline constexpr std::int64_t clock_lead_max_s = 30;     ///< a driver's clock may be this fast
inline constexpr double speed_max_mps = 70;              ///< 252 km/h
inline constexpr double inaccuracy_max_m = 100;          ///< what a receiver says of itself excuses no more than this
inline constexpr double arrival_radius_m = 75;
inline constexpr std::int64_t history_interval_s = 5;  ///< positions of a delivery are kept at most this often

/// Whether the position is to be believed after `last`; nothing if so.
inline std::optional<PositionFault> fault_of(const Fix& fix, const std::optional<Fix>& last, Timestamp now) {
    const std::int64_t age_us = now.us - fix.recorded_at.us;
    if (age_us < -clock_lead_max_s * 1'000'000) return PositionFault::in_future;
    if (age_us > position_age_max_s * 1'000'000) return PositionFault::late;
    if (!last) return std::nullopt;
    if (fix.recorded_at <= last->recorded_at) return PositionFault::out_of_order;
    // Receivers that are asked often jump a little: less than a second counts as one.
    const double took_s = std::max(1.0, static_cast<double>(fix.recorded_at.us - last->recorded_at.us) / 1e6);
    const double slack_m = std::min(fix.accuracy_m, inaccuracy_max_m) + std::min(last->accuracy_m, inaccuracy_max_m);
    if (distance_m(fix.at, last->at) > speed_max_mps * took_s + slack_m) return PositionFault::impossible;
    return std::nullopt;
}

/// What is wrong with the numbers of a report.
inline std::vector<FieldError> faults_in(const ReportPosition& in) {
    std::vector<FieldError> faults;
    if (in.heading && !(*in.heading >= 0 && *in.heading <= 360))
        faults.push_back({"/heading", "must be a number from 0 to 360"});
    if (in.speed && !(*in.speed >= 0 && *in.speed <= 1'000))
        faults.push_back({"/speed", "must be a number from 0 to 1000"});
    if (in.accuracy && !(*in.accuracy >= 0 && *in.accuracy <= 1e7))
        faults.push_back({"/accuracy", "must be a number from 0 to 10000000"});
    return faults;
}

/// Whether the delivery's customer may see this position.
inline bool is_shown(const Delivery& delivery, Timestamp recorded_at) {
    return is_carried(delivery.status) && delivery.picked_up_at && recorded_at >= *delivery.picked_up_at;
}

/// What a position of its driver says about a delivery.
inline std::optional<DeliveryEvent> event_at(const Delivery& delivery, const Fix& fix) {
    const auto is_at = [&](const Address& address) {
        return distance_m(fix.at, point_of(address)) <= arrival_radius_m;
    };
    switch (delivery.status) {
        case DeliveryStatus::accepted:
            if (is_at(delivery.pickup_address)) return DeliveryEvent::reach_store;
            break;
        case DeliveryStatus::picked_up:
            if (is_shown(delivery, fix.recorded_at)) return DeliveryEvent::depart;
            break;
        case DeliveryStatus::in_transit:
            if (is_at(delivery.dropoff_address)) return DeliveryEvent::reach_customer;
            break;
        default:
            break;
    }
    return std::nullopt;
}

}  // namespace liveshop::delivery
