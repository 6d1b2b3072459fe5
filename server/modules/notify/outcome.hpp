#pragma once
#include <string>
#include <string_view>
#include <utility>

#include "platform/shape/described.hpp"

namespace liveshop::notify {

/// What became of handing a message over.
struct Outcome {
    enum class Kind {
        sent,
        later,    ///< not now: no answer, too busy, our own key refused; to be tried again
        refused,  ///< never: the provider does not take this message
        gone,     ///< the device is no longer there
    };
    Kind kind = Kind::later;
    std::string detail;     ///< for the log: never an address, a text, a code or a key
    std::string reference;  ///< what the provider calls it

    static Outcome sent(std::string reference) { return {Kind::sent, "", std::move(reference)}; }
    static Outcome later(std::string detail) { return {Kind::later, std::move(detail), ""}; }
    static Outcome refused(std::string detail) { return {Kind::refused, std::move(detail), ""}; }
    static Outcome gone(std::string detail) { return {Kind::gone, std::move(detail), ""}; }
};

}  // namespace liveshop::notify
