#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <unordered_map>

#include "platform/context.hpp"
#include "platform/db/pool.hpp"

namespace liveshop::identity {

/// Sessions that ended while access tokens of theirs may still be good: those are refused before they expire, and
/// their sockets are closed. A token proves its session without a query; this is the short list of exceptions, read
/// from the database once a second by every process that serves.
class Revocations {
  public:
    using OnEnded = std::function<void(const Uuid& session)>;

    /// `pool` sees the sessions of every tenant. `on_ended` is called once for each session, on the thread of run().
    Revocations(db::Pool& pool, std::int64_t access_token_ttl_s, OnEnded on_ended);

    /// From any thread, without waiting.
    bool contains(const Uuid& session) const { return ended_.load()->contains(session); }

    /// Reads what has ended since the last time; the first time, whatever a token may still be good for.
    awaitable<void> read();
    /// Reads once a second, until it is cancelled. While the database is away it keeps what it knows.
    awaitable<void> run();

  private:
    using Ended = std::unordered_map<Uuid, Timestamp>;

    db::Pool& pool_;
    std::int64_t ttl_s_;
    OnEnded on_ended_;
    std::atomic<std::shared_ptr<const Ended>> ended_ = std::make_shared<const Ended>();
};

}  // namespace liveshop::identity
