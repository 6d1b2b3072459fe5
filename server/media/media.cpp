#include "media/media.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <stdexcept>

#include "media/local_addresses.hpp"
#include "media/server.hpp"

namespace liveshop::media {
namespace {

constexpr auto stop_time_max = std::chrono::seconds(2);

void require_range(std::string_view setting, int value, int from, int to) {
    if (value < from || value > to)
        throw std::invalid_argument(fmt::format("{}: {} is not between {} and {}", setting, value, from, to));
}

void require_address(std::string_view setting, const std::string& address) {
    if (!Endpoint::parse(address, 0))
        throw std::invalid_argument(fmt::format("{}: \"{}\" is not an IPv4 or IPv6 address", setting, address));
}

Settings completed(Settings settings) {
    validate(settings);
    settings.candidate_addresses = expand_local(settings.candidate_addresses);
    return settings;
}

}  // namespace

void validate(const Settings& s) {
    require_address("udp_address", s.udp_address);
    if (s.candidate_addresses.empty())
        throw std::invalid_argument("candidate_addresses: at least one address is needed");
    for (auto& address : s.candidate_addresses)
        if (address != "local") require_address("candidate_addresses", address);
    if (s.http_socket.empty()) throw std::invalid_argument("http_socket: a path is needed");
    if (s.control_socket.empty()) throw std::invalid_argument("control_socket: a path is needed");
    constexpr std::size_t secret_size_min = 32;
    if (s.grant_secret.size() < secret_size_min)
        throw std::invalid_argument("grant_secret: 32 bytes or more are needed");
    require_range("consent_timeout_s", s.consent_timeout_s, 1, 3600);
    require_range("connect_timeout_s", s.connect_timeout_s, 1, 3600);
    require_range("rooms_max", s.rooms_max, 1, 100'000);
    require_range("viewers_max", s.viewers_max, 1, 1'000'000);
    require_range("room_viewers_max", s.room_viewers_max, 1, 1'000'000);
    require_range("publisher_start_bitrate_kbps", s.publisher_start_bitrate_kbps, 0, 100'000);
    require_range("test_drop_one_in", s.test_drop_one_in, 0, 1'000'000);
}

Server::Server(boost::asio::io_context& io, const Settings& settings)
    : settings_(completed(settings)),
      router_(io, settings_, [this](const Event& event) { control_.tell(event); }),
      http_(io, settings_, router_),
      control_(io, settings_, router_) {}

void Server::stop() {
    router_.stop();
    http_.stop();
    control_.stop();
}

int run(const Settings& settings) {
    try {
        boost::asio::io_context io(1);
        Server server(io, settings);
        spdlog::info("media: listening on UDP port {}, {} and {}", server.router().udp_port(), settings.http_socket,
                     settings.control_socket);
        boost::asio::signal_set signals(io, SIGINT, SIGTERM);
        signals.async_wait([&](boost::system::error_code, int) { io.stop(); });
        io.run();
        server.stop();
        io.restart();
        io.run_for(stop_time_max);
        spdlog::info("media: stopped");
        return 0;
    } catch (const std::exception& failure) {
        spdlog::error("media: {}", failure.what());
        return 1;
    }
}

}  // namespace liveshop::media
