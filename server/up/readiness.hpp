#pragma once
// How a child shows that it can do its work.
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>
#include <variant>

namespace liveshop::up {

struct AcceptsTcp {
    std::string address;  ///< literal IPv4 or IPv6; an unspecified one is asked at loopback
    std::uint16_t port = 0;
};
struct AcceptsUnix {
    std::string path;
};
/// Answers 200 to a GET.
struct AnswersHttp {
    std::string address;
    std::uint16_t port = 0;
    std::string path;
};
/// It runs: that is all there is to see of a process without a door.
struct Runs {};

using Readiness = std::variant<Runs, AcceptsTcp, AcceptsUnix, AnswersHttp>;

/// Tries once, for at most 2 s. Throws nothing.
boost::asio::awaitable<bool> is_ready(Readiness readiness);

}  // namespace liveshop::up
