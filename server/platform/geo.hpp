#pragma once
#include <algorithm>
#include <cmath>
#include <numbers>

namespace liveshop {

/// A place on earth: degrees, WGS 84.
struct Point {
    double lat = 0;
    double lng = 0;
};

/// Great-circle distance on a sphere of the earth's mean radius (haversine; up to 0.6 % off the ellipsoid's).
inline double distance_m(Point a, Point b) {
    constexpr double earth_radius_m = 6'371'008.8;
    constexpr double degree = std::numbers::pi / 180;
    const double by_lat = std::sin((b.lat - a.lat) * degree / 2);
    const double by_lng = std::sin((b.lng - a.lng) * degree / 2);
    const double square = by_lat * by_lat + std::cos(a.lat * degree) * std::cos(b.lat * degree) * by_lng * by_lng;
    return 2 * earth_radius_m * std::asin(std::sqrt(std::min(1.0, square)));
}

}  // namespace liveshop
