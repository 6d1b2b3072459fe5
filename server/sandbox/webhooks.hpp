#pragma once
#include <boost/asio/steady_timer.hpp>
#include <list>

#include "platform/http/client.hpp"
#include "sandbox/payments.hpp"

namespace liveshop::sandbox {

/// The value of Stripe-Signature: "t=<seconds>,v1=<hex HMAC-SHA256 of '<seconds>.<payload>'>".
std::string stripe_signature(std::string_view payload, std::string_view secret, std::int64_t now_s);

/// Sends each event to one URL until it answers 2xx, at most five times in about two minutes; what is left is tried
/// again after a restart. Order is not kept, as with Stripe.
class Webhooks {
  public:
    Webhooks(boost::asio::io_context& io, Payments& payments, std::string url, std::string secret);

    /// Starts sending the events that came since the last call.
    void send_new();
    void stop();

  private:
    http::awaitable<void> send(Event event);

    boost::asio::io_context& io_;
    Payments& payments_;
    std::string url_, secret_;
    http::Client client_;
    std::size_t seen_ = 0;
    std::list<boost::asio::steady_timer> pauses_;
    bool stopping_ = false;
};

}  // namespace liveshop::sandbox
