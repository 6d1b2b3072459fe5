#pragma once
#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
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

/// Takes the next of the words that are parted by single blanks, and its blank, off the front of `rest`.
inline std::string_view take_word(std::string_view& rest) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    return word;
}

}  // namespace liveshop::app
