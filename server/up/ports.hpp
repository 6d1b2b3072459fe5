#pragma once
// Whether the ports we are about to give to children are free: they would find out later, and say it less well.
#include <cstdint>
#include <string>
#include <vector>

namespace liveshop::up {

struct Port {
    std::string setting;  ///< the name of the setting that says its number
    std::string address;  ///< literal IPv4 or IPv6
    std::uint16_t number = 0;
    bool udp = false;
};

/// A sentence for each that cannot be had, with what to do; empty if all can.
std::string ports_taken(const std::vector<Port>& ports);

}  // namespace liveshop::up
