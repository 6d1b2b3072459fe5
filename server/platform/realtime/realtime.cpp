#include "platform/realtime/realtime.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/mp11/algorithm.hpp>

namespace liveshop::realtime {

void add(Totals& totals, const Counters& counters) {
    using Sums = boost::describe::describe_members<Totals, boost::describe::mod_public>;
    using Parts = boost::describe::describe_members<Counters, boost::describe::mod_public>;
    boost::mp11::mp_for_each<boost::mp11::mp_iota<boost::mp11::mp_size<Sums>>>([&](auto index) {
        constexpr auto sum = boost::mp11::mp_at<Sums, decltype(index)>::pointer;
        constexpr auto part = boost::mp11::mp_at<Parts, decltype(index)>::pointer;
        totals.*sum += (counters.*part).value();
    });
}

Realtime::Realtime(Settings settings, Handlers handlers)
    : shared_(std::make_shared<Shared>(std::move(settings), std::move(handlers))) {}

Hub& Realtime::add_hub(boost::asio::io_context& io) { return *hubs_.emplace_back(std::make_unique<Hub>(io, shared_)); }

template <class Function>
void Realtime::on_every_hub(Function function) {
    for (const auto& hub : hubs_) boost::asio::post(hub->executor(), [&hub = *hub, function] { function(hub); });
}

void Realtime::emit(std::string_view room, std::string_view event, std::string_view payload_json) {
    shared_->log.say(room, event, payload_json);
}

void Realtime::disconnect(std::string_view room, std::string_view reason) { shared_->log.disconnect(room, reason); }

void Realtime::evict(std::string_view selected, std::string_view room) { shared_->log.evict(selected, room); }

Totals Realtime::totals() const {
    Totals totals;
    for (const auto& hub : hubs_) add(totals, std::as_const(*hub).counters());
    return totals;
}

awaitable<void> Realtime::shutdown(std::chrono::milliseconds grace) {
    constexpr std::chrono::milliseconds step{10};
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::steady_timer timer(executor);
    const auto gone = [this] { return totals().connections == 0; };
    on_every_hub([](Hub& hub) { hub.stop(); });
    for (auto waited = step; waited < grace && !gone(); waited += step) {
        timer.expires_after(step);
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
    on_every_hub([](Hub& hub) { hub.abort_all(); });
    while (!gone()) {
        timer.expires_after(step);
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
}

}  // namespace liveshop::realtime
