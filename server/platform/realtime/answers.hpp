#pragma once
// One thread asks another something and waits for the answer, holding up neither.
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>

namespace liveshop::realtime {

template <class Value>
class Answers {
    struct Place {
        boost::asio::steady_timer timer;
        std::optional<Value> value;
    };
    struct Waiting {
        std::unordered_map<std::uint64_t, Place*> places;
        std::uint64_t last = 0;
    };
    using Executor = boost::asio::io_context::executor_type;

  public:
    // To be called once, from any thread, while the asking io_context is there.
    class Reply {
      public:
        Reply(Executor executor, std::shared_ptr<Waiting> waiting, std::uint64_t id)
            : executor_(executor), waiting_(std::move(waiting)), id_(id) {}

        void operator()(Value value) const {
            boost::asio::post(executor_, [waiting = waiting_, id = id_, value = std::move(value)]() mutable {
                const auto found = waiting->places.find(id);
                if (found == waiting->places.end()) return;  // nobody waits any more
                found->second->value = std::move(value);
                found->second->timer.cancel();
            });
        }

      private:
        Executor executor_;
        std::shared_ptr<Waiting> waiting_;
        std::uint64_t id_;
    };

    explicit Answers(boost::asio::io_context& io) : executor_(io.get_executor()) {}

    // Calls ask(Reply) and waits; nothing if there was no answer within `limit`.
    template <class Ask>
    boost::asio::awaitable<std::optional<Value>> ask(Ask ask, std::chrono::milliseconds limit) {
        Place place{boost::asio::steady_timer(executor_, limit), std::nullopt};
        const Entry entry(waiting_, place);
        ask(Reply(executor_, waiting_, entry.id));
        boost::system::error_code cancelled;  // by the answer
        co_await place.timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
        co_return std::move(place.value);
    }

  private:
    struct Entry {
        Entry(std::shared_ptr<Waiting> waiting_, Place& place) : waiting(std::move(waiting_)), id(++waiting->last) {
            waiting->places.emplace(id, &place);
        }
        ~Entry() { waiting->places.erase(id); }
        Entry(const Entry&) = delete;

        const std::shared_ptr<Waiting> waiting;
        const std::uint64_t id;
    };

    Executor executor_;
    std::shared_ptr<Waiting> waiting_ = std::make_shared<Waiting>();
};

}  // namespace liveshop::realtime
