#pragma once
// A state machine is a table. The compiler checks the table, a test compares it with the database's constraint.
#include <array>
#include <cstddef>

#include "platform/shape/described.hpp"

namespace liveshop {

template <class State, class Event>
struct Move {
    State from;
    Event on;
    State to;
};

template <Enum State, Enum Event, std::size_t N>
struct Machine {
    State start;
    std::array<Move<State, Event>, N> moves;

    /// Where `on` leads from `from`, or nothing if the table has no such move.
    constexpr const State* next(State from, Event on) const {
        for (const auto& move : moves)
            if (move.from == from && move.on == on) return &move.to;
        return nullptr;
    }
    constexpr bool is_final(State state) const {
        for (const auto& move : moves)
            if (move.from == state) return false;
        return true;
    }
    /// Deterministic, and every state but the start is entered by some move.
    constexpr bool sound() const {
        for (std::size_t i = 0; i < N; ++i)
            for (std::size_t j = i + 1; j < N; ++j)
                if (moves[i].from == moves[j].from && moves[i].on == moves[j].on) return false;
        bool all_entered = true;
        each_value<State>([&](auto, State state) {
            bool entered = state == start;
            for (const auto& move : moves) entered = entered || move.to == state;
            all_entered = all_entered && entered;
        });
        return all_entered;
    }
};

}  // namespace liveshop
