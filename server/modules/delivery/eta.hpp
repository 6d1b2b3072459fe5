#pragma once
// How long it will take. Pure, simple, and no better than that: distance as the crow flies, made longer by how much
// roads wind, at the pace of the last minutes where there is one to go by.
#include <algorithm>
#include <cmath>
#include <optional>

#include "modules/delivery/rules.hpp"

namespace liveshop::delivery {

inline constexpr double detour_factor = 1.3;          ///< roads are about this much longer than the crow's way
inline constexpr double usual_mps = 25 / 3.6;         ///< of a courier in a town, stops included
inline constexpr std::int64_t handover_s = 120;       ///< at the store
inline constexpr std::int64_t pace_window_s = 300;    ///< how much of the way tells the pace
inline constexpr std::int64_t pace_seconds_min = 60;  ///< less than this tells nothing

/// How far somebody has come, along their positions, in how long.
struct Pace {
    double metres = 0;
    std::int64_t seconds = 0;
};
BOOST_DESCRIBE_STRUCT(Pace, (), (metres, seconds))

/// m/s along the positions. A driver who waits, or jumps, is no measure of the rest of the way.
inline std::optional<double> speed_of(const Pace& pace) {
    constexpr double slow_mps = 1.5, fast_mps = 30;
    if (pace.seconds < pace_seconds_min) return std::nullopt;
    const double mps = pace.metres / static_cast<double>(pace.seconds);
    if (mps < slow_mps || mps > fast_mps) return std::nullopt;
    return mps;
}

inline std::int64_t eta_s(double remaining_m, const Pace& pace = {}) {
    return static_cast<std::int64_t>(std::ceil(remaining_m * detour_factor / speed_of(pace).value_or(usual_mps)));
}

inline double way_m(const Delivery& delivery) {
    return distance_m(point_of(delivery.pickup_address), point_of(delivery.dropoff_address));
}

}  // namespace liveshop::delivery
