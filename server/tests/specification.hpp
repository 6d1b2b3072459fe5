#pragma once
// The product's specification as data: its endpoints and socket events under their names.
#include <array>
#include <string_view>

namespace liveshop::specification {

struct Endpoint {
    std::string_view method;
    std::string_view path;  ///< below /api/v1, parameters as {}
};

inline constexpr auto endpoints = std::to_array<Endpoint>({
    // Authentication
    {"POST", "/auth/register"},
    {"POST", "/auth/login"},
    {"POST", "/auth/logout"},
    {"POST", "/auth/refresh"},
    {"POST", "/auth/forgot-password"},
    {"POST", "/auth/reset-password"},
    {"POST", "/auth/verify-email"},
    {"POST", "/auth/verify-phone"},
    // Users
    {"GET", "/me"},
    {"PUT", "/me"},
    {"PUT", "/me/avatar"},
    {"GET", "/me/addresses"},
    {"POST", "/me/addresses"},
    {"PUT", "/me/addresses/{}"},
    {"DELETE", "/me/addresses/{}"},
    {"GET", "/me/payment-methods"},
    {"POST", "/me/payment-methods"},
    {"DELETE", "/me/payment-methods/{}"},
    {"GET", "/me/orders"},
    {"GET", "/me/notifications"},
    {"PUT", "/me/notifications/{}/read"},
    // Stores
    {"GET", "/stores"},
    {"POST", "/stores"},
    {"GET", "/stores/{}"},
    {"PUT", "/stores/{}"},
    {"DELETE", "/stores/{}"},
    {"GET", "/stores/{}/products"},
    {"POST", "/stores/{}/products"},
    {"GET", "/stores/{}/analytics"},
    {"GET", "/stores/{}/orders"},
    {"PUT", "/stores/{}/orders/{}/status"},
    // Live streaming
    {"POST", "/streams"},
    {"GET", "/streams"},
    {"GET", "/streams/{}"},
    {"PUT", "/streams/{}"},
    {"POST", "/streams/{}/start"},
    {"POST", "/streams/{}/end"},
    {"POST", "/streams/{}/join"},
    {"POST", "/streams/{}/leave"},
    {"POST", "/streams/{}/pin"},
    {"DELETE", "/streams/{}/pin/{}"},
    {"GET", "/streams/{}/chat"},
    {"POST", "/streams/{}/chat"},
    // Commerce
    {"GET", "/products"},
    {"GET", "/products/{}"},
    {"POST", "/cart"},
    {"GET", "/cart"},
    {"PUT", "/cart/{}"},
    {"DELETE", "/cart/{}"},
    {"POST", "/orders"},
    {"GET", "/orders/{}"},
    {"POST", "/orders/{}/cancel"},
    {"POST", "/checkout"},
    // Delivery
    {"GET", "/deliveries"},
    {"POST", "/deliveries/{}/accept"},
    {"POST", "/deliveries/{}/pickup"},
    {"POST", "/deliveries/{}/complete"},
    {"PUT", "/deliveries/{}/location"},
    {"GET", "/deliveries/{}/tracking"},
    // Of the implementation guide
    {"POST", "/orders/{}/capture"},
    {"PUT", "/deliveries/location"},
    {"GET", "/deliveries/nearby"},
});

enum class Way {
    in,    ///< clients send it: the door of a route
    out,   ///< the server tells it
    both,  ///< asked for by one, told to the others
};

struct SocketEvent {
    std::string_view name;
    Way way;
};

inline constexpr auto events = std::to_array<SocketEvent>({
    // Store
    {"stream:start", Way::both},
    {"stream:product:pin", Way::both},
    {"stream:product:unpin", Way::both},
    {"stream:order", Way::out},
    // Customer
    {"stream:join", Way::in},
    {"stream:leave", Way::in},
    {"stream:message", Way::both},
    {"stream:reaction", Way::both},
    {"stream:product:request", Way::both},
    // Driver
    {"driver:location", Way::in},
    {"driver:available", Way::in},
    {"delivery:accept", Way::in},
    {"delivery:pickup", Way::in},
    {"delivery:complete", Way::in},
    // System
    {"order:update", Way::out},
    {"delivery:update", Way::out},
    {"notification:new", Way::out},
});

}  // namespace liveshop::specification
