#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "platform/context.hpp"

namespace liveshop::app {

/// An emission as it travels between processes.
struct Event {
    std::string room, event, payload;
};
BOOST_DESCRIBE_STRUCT(Event, (), (room, event, payload))

/// Takes events that came from another process, in order.
using Hear = std::function<void(std::vector<Emission>)>;

inline Event event_of(Emission emission) {
    return {std::move(emission.room), std::move(emission.event), std::move(emission.payload)};
}
inline Emission emission_of(Event event) {
    return {std::move(event.room), std::move(event.event), std::move(event.payload)};
}

}  // namespace liveshop::app
