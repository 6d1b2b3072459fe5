#include "app/redis_bus.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>

#include "platform/log.hpp"

namespace liveshop::app {
namespace {

constexpr std::string_view events_kind = "events", counts_kind = "counts";
constexpr std::size_t events_per_message_max = 100;
constexpr std::size_t counts_per_message_max = 500;
constexpr std::size_t message_bytes_wanted = 128 * 1024;
constexpr std::size_t origins_max = 1'000;
constexpr std::chrono::milliseconds drain_poll_interval{5};

// Redis' channels are of no database: two platforms that share one Redis must not hear each other.
std::string channel_of(const redis::Address& address) { return fmt::format("liveshop:{}:events", address.database); }

// The events as JSON lists, none of them too long.
std::vector<std::string> lists_of(const std::vector<Emission>& emissions) {
    std::vector<std::string> lists;
    std::vector<Event> events;
    std::size_t bytes = 0;
    for (const Emission& emission : emissions) {
        events.push_back(event_of(emission));
        bytes += emission.payload.size();
        const bool is_last = &emission == &emissions.back();
        if (!is_last && events.size() < events_per_message_max && bytes < message_bytes_wanted) continue;
        lists.push_back(to_json(events));
        events.clear();
        bytes = 0;
    }
    return lists;
}

}  // namespace

std::optional<redis::Address> redis_address(const EventSettings& settings) {
    if (settings.redis_url.empty()) return std::nullopt;
    std::expected<redis::Address, std::string> address = redis::parse_address(settings.redis_url.reveal());
    if (!address) throw config::Invalid({{"redis_url", address.error(), ""}});
    return *std::move(address);
}

RedisBus::RedisBus(boost::asio::io_context& io, redis::ConnectSettings settings, Hear hear, HearCounts hear_counts)
    : io_(io),
      hear_(std::move(hear)),
      hear_counts_(std::move(hear_counts)),
      publisher_(io, settings, channel_of(settings.address)),
      subscriber_(io, settings, channel_of(settings.address),
                  [this](std::string_view message) { on_message(message); }) {}

void RedisBus::start() {
    publisher_.start();
    if (hear_) subscriber_.start();
}

// A message is "<origin> <number> events|counts <body>".
void RedisBus::publish(std::string_view kind, std::string_view body) {
    const std::lock_guard lock(mutex_);
    publisher_.publish(fmt::format("{} {} {} {}", origin_, ++last_number_, kind, body));
}

void RedisBus::send(const std::vector<Emission>& emissions) {
    for (const std::string& list : lists_of(emissions)) publish(events_kind, list);
}

void RedisBus::send_counts(const std::vector<RoomCount>& counts) {
    if (!idle()) return;
    for (std::size_t at = 0; at < counts.size(); at += counts_per_message_max) {
        const auto begin = counts.begin() + static_cast<std::ptrdiff_t>(at);
        const std::size_t size = std::min(counts_per_message_max, counts.size() - at);
        publish(counts_kind, to_json(std::vector(begin, begin + static_cast<std::ptrdiff_t>(size))));
    }
}

awaitable<void> RedisBus::drain(std::chrono::milliseconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    boost::asio::steady_timer timer(io_);
    while (!idle() && std::chrono::steady_clock::now() < until) {
        timer.expires_after(drain_poll_interval);
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
}

void RedisBus::close() {
    publisher_.close();
    subscriber_.close();
}

// What was on its way when a connection broke is published again, and may come twice.
bool RedisBus::is_new(std::string_view origin, std::uint64_t number) {
    auto heard = last_heard_.find(origin);
    if (heard == last_heard_.end()) {
        if (last_heard_.size() >= origins_max) last_heard_.clear();
        heard = last_heard_.emplace(origin, 0).first;
    }
    if (number <= heard->second) return false;
    heard->second = number;
    return true;
}

void RedisBus::on_message(std::string_view message) {
    const std::string_view origin = take_word(message);
    if (origin == origin_) return;  // our own sockets have it already
    const std::string_view digits = take_word(message);
    const std::string_view kind = take_word(message);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || number == 0 || !Uuid::parse(origin)) {
        log::warning("a message in the channel of events is none of ours", {});
        return;
    }
    if (is_new(origin, number)) on_body(origin, kind, message);
}

void RedisBus::on_body(std::string_view origin, std::string_view kind, std::string_view body) {
    try {
        if (kind == counts_kind && hear_counts_)
            hear_counts_(origin, decode<std::vector<RoomCount>>(json::parse(body)));
        if (kind != events_kind) return;
        std::vector<Emission> emissions;
        std::vector<Event> events = decode<std::vector<Event>>(json::parse(body));
        for (Event& event : events) emissions.push_back(emission_of(std::move(event)));
        hear_(std::move(emissions));
    } catch (const std::exception& error) {
        log::warning("events were not understood", {{"error", error.what()}});
    }
}

}  // namespace liveshop::app
