#pragma once
// How many connections there are, in all and from each address. Shared by all threads.
#include <boost/asio/ip/address.hpp>
#include <cstddef>
#include <expected>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace liveshop::realtime {

// The address a limit counts: IPv4 as it is (also when mapped into IPv6), IPv6 by its /64.
std::string limited_address(const boost::asio::ip::address& address);

class Admission : public std::enable_shared_from_this<Admission> {
  public:
    enum class Refusal { server_full, address_full };

    // One admitted connection; it is given back when the ticket goes.
    class Ticket {
      public:
        Ticket() = default;
        Ticket(std::shared_ptr<Admission> admission, std::string address)
            : admission_(std::move(admission)), address_(std::move(address)) {}
        Ticket(Ticket&&) = default;
        Ticket& operator=(Ticket&&) = delete;
        ~Ticket() {
            if (admission_) admission_->release(address_);
        }

      private:
        std::shared_ptr<Admission> admission_;
        std::string address_;
    };

    Admission(std::size_t connections_max, std::size_t per_address_max)
        : connections_max_(connections_max), per_address_max_(per_address_max) {}

    std::expected<Ticket, Refusal> admit(const std::string& address);
    std::size_t connections() const;

  private:
    void release(const std::string& address);

    const std::size_t connections_max_;
    const std::size_t per_address_max_;
    mutable std::mutex mutex_;
    std::size_t connections_ = 0;
    std::unordered_map<std::string, std::size_t> by_address_;
};

}  // namespace liveshop::realtime
