#pragma once
// What /metrics shows about realtime. Each hub counts for itself; Realtime adds them up.
#include <atomic>
#include <boost/describe.hpp>
#include <cstdint>

namespace liveshop::realtime {

// Written by one thread, read by any.
class Counter {
  public:
    void add(std::uint64_t n = 1) {
        value_.store(value_.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
    }
    void subtract(std::uint64_t n = 1) { add(0 - n); }
    void set(std::uint64_t n) { value_.store(n, std::memory_order_relaxed); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> value_{0};
};

template <class Number>
struct Counts {
    // Gauges: now.
    Number connections{};
    Number sessions{};
    Number rooms{};
    Number memberships{};
    Number polling{};  // of the connections, those that poll
    // Totals since the start.
    Number upgrades_accepted{};
    Number upgrades_refused{};
    Number polling_accepted{};
    Number polling_refused{};
    Number transports_upgraded{};  // from polling to a WebSocket
    Number connects_accepted{};
    Number connects_refused{};
    Number recoveries{};          // sessions taken up again
    Number recoveries_refused{};  // asked for and not possible
    Number events_replayed{};
    Number events_received{};
    Number events_refused{};
    Number events_failed{};
    Number broadcasts{};
    Number deliveries{};
    Number bytes_sent{};
    Number bytes_received{};
    Number writes{};
    Number disconnects_slow{};
    Number disconnects_flooding{};
    Number disconnects_ping_timeout{};
    Number disconnects_protocol_error{};
    Number disconnects_handshake_timeout{};
    Number disconnects_expired{};
    BOOST_DESCRIBE_CLASS(Counts, (),
                         (connections, sessions, rooms, memberships, polling, upgrades_accepted, upgrades_refused,
                          polling_accepted, polling_refused, transports_upgraded, connects_accepted, connects_refused,
                          recoveries, recoveries_refused, events_replayed, events_received, events_refused,
                          events_failed, broadcasts, deliveries, bytes_sent, bytes_received, writes, disconnects_slow,
                          disconnects_flooding, disconnects_ping_timeout, disconnects_protocol_error,
                          disconnects_handshake_timeout, disconnects_expired),
                         (), ())
};
using Counters = Counts<Counter>;
using Totals = Counts<std::uint64_t>;

// Adds one hub's counters to the totals.
void add(Totals& totals, const Counters& counters);

}  // namespace liveshop::realtime
