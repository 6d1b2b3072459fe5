#pragma once
// One read for everybody who asks for the same thing at the same time.
#include <boost/asio.hpp>
#include <chrono>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "platform/db/suspend.hpp"

namespace liveshop::live {

/// Nobody is given what was read before they asked: who asks during a read waits for the next one, which begins no
/// sooner than `pause` after that one did, and is shared by all who have come until then. However many ask, a key is
/// read at most once in `pause`. For one thread.
template <class Key, class Value>
class SharedRead {
  public:
    using Shared = std::shared_ptr<const Value>;
    using Read = std::function<boost::asio::awaitable<Value>(Key)>;

    SharedRead(boost::asio::io_context& io, std::chrono::milliseconds pause, Read read)
        : io_(io), state_(std::make_shared<State>(State{pause, std::move(read), {}, 0})) {}

    /// Throws what reading threw.
    boost::asio::awaitable<Shared> get(Key key) {
        Shared value = co_await db::suspend<Shared>([this, &key](Waiting waiting) {
            Line& line = state_->lines[key];
            line.waiting.push_back(std::move(waiting));
            if (line.is_served) return;
            line.is_served = true;
            boost::asio::co_spawn(io_, serve(state_, io_.get_executor(), key), boost::asio::detached);
        });
        co_return value;
    }

    /// How often something was read.
    std::int64_t reads() const { return state_->reads; }

  private:
    using Waiting = std::shared_ptr<db::Suspended<Shared>>;
    struct Line {
        std::vector<Waiting> waiting;
        bool is_served = false;
    };
    struct State {
        std::chrono::milliseconds pause;
        Read read;
        std::map<Key, Line> lines;
        std::int64_t reads = 0;
    };

    // As long as somebody waits, and one pause longer.
    static boost::asio::awaitable<void> serve(std::shared_ptr<State> state, boost::asio::any_io_executor executor,
                                              Key key) {
        boost::asio::steady_timer timer(executor);
        co_await boost::asio::post(executor, boost::asio::use_awaitable);  // who comes in this turn is given the first
        while (!state->lines[key].waiting.empty()) {
            timer.expires_after(state->pause);
            const std::vector<Waiting> waiting = std::exchange(state->lines[key].waiting, {});
            co_await answer(*state, key, waiting);
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
        state->lines.erase(key);
    }

    static boost::asio::awaitable<void> answer(State& state, const Key& key, const std::vector<Waiting>& waiting) {
        Shared value;
        std::exception_ptr error;
        try {
            ++state.reads;
            value = std::make_shared<const Value>(co_await state.read(key));
        } catch (...) {
            error = std::current_exception();
        }
        for (const Waiting& one : waiting) error ? one->fail(error) : one->succeed(value);
    }

    boost::asio::io_context& io_;
    std::shared_ptr<State> state_;
};

}  // namespace liveshop::live
