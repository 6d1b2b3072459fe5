#pragma once
#include <string>

#include "platform/compute_threads.hpp"

namespace liveshop::identity {
template <class T>
using awaitable = boost::asio::awaitable<T>;

/// Argon2id (RFC 9106) with 19 MiB, two passes, one lane, as OWASP advises; 50 ms of a core or so. It runs on threads
/// of its own and never on an io_context. More than `waiting_max` at once: Fail(unavailable).
class PasswordHasher {
  public:
    explicit PasswordHasher(std::size_t threads = 2, int waiting_max = 64) : threads_(threads, waiting_max) {}

    /// The encoded hash with its own salt and parameters.
    awaitable<std::string> hash(std::string password);
    /// Takes as long for an empty `encoded` (no such account) as for a wrong password.
    awaitable<bool> matches(std::string encoded, std::string password);

    /// Before the io_contexts that wait for it are destroyed.
    void join() { threads_.join(); }

  private:
    ComputeThreads threads_;
};

}  // namespace liveshop::identity
