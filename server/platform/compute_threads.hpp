#pragma once
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/error.hpp"

namespace liveshop {

/// Threads for what keeps a core busy for milliseconds and would hold up everybody on an io_context: passwords,
/// pictures. They touch the io_context that waits for them when they hand over the result: join() before it is gone.
class ComputeThreads {
  public:
    ComputeThreads(std::size_t threads, int waiting_max) : pool_(threads), waiting_max_(waiting_max) {}

    /// What `work()` answers or throws. More than `waiting_max` at once: Fail(unavailable).
    template <class Work>
    auto run(Work work) -> boost::asio::awaitable<decltype(work())> {
        const Place place(waiting_);
        if (waiting_ > waiting_max_) throw Fail(PlatformErrc::unavailable);
        auto task = [](Work job) -> boost::asio::awaitable<decltype(work())> { co_return job(); };
        auto result = co_await boost::asio::co_spawn(pool_, task(std::move(work)), boost::asio::use_awaitable);
        co_return result;
    }

    void join() { pool_.join(); }

  private:
    struct Place {  // given up on every way out
        std::atomic<int>& waiting;
        explicit Place(std::atomic<int>& w) : waiting(w) { ++waiting; }
        Place(const Place&) = delete;
        ~Place() { --waiting; }
    };

    boost::asio::thread_pool pool_;
    std::atomic<int> waiting_ = 0;
    int waiting_max_;
};

}  // namespace liveshop
