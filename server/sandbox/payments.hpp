#pragma once
#include <functional>

#include "sandbox/refusal.hpp"
#include "sandbox/store.hpp"

namespace liveshop::sandbox {

/// Seconds since the epoch; a test gives its own.
using Clock = std::function<std::int64_t()>;

/// Stripe's form of an id: a prefix and 24 random letters and digits.
std::string make_id(std::string_view prefix);

struct Confirmation {
    std::optional<std::string> payment_method;  ///< an id or a test token; else the one the intent has
    std::optional<std::string> return_url;
    bool refuse_authentication = false;  ///< off_session or error_on_requires_action
};

/// What happens to money: each function checks the state, changes it, records the events and saves. What is refused is
/// thrown as a Refusal; a decline is saved before it is thrown.
class Payments {
  public:
    static constexpr std::int64_t authorization_s = 7 * 24 * 3600;
    static constexpr std::int64_t processing_s = 2;

    Payments(Store& store, Clock clock, std::string sandbox_url);

    /// As they are now: an authorization that ran out is canceled, a processing payment settled.
    PaymentIntent intent(std::string_view id);
    Charge charge(std::string_view id, std::string_view param, bool in_path) const;
    Customer customer(std::string_view id, std::string_view param, bool in_path) const;
    PaymentMethod method(std::string_view id, bool in_path) const;
    /// The same, or a new method made of a test token such as "pm_card_visa".
    PaymentMethod method_or_token(std::string_view id);

    void create(PaymentIntent& intent);
    void confirm(PaymentIntent& intent, const Confirmation& confirmation);
    void capture(PaymentIntent& intent, std::optional<std::int64_t> amount);
    void cancel(PaymentIntent& intent, std::optional<std::string> reason);
    /// The customer passed or failed the challenge; does nothing if there is none any more.
    void authenticate(PaymentIntent& intent, bool passed);
    Refund refund(Charge charge, std::optional<std::int64_t> amount, std::optional<std::string> reason,
                  json::value metadata);
    void attach(PaymentMethod& method, const Customer& customer);
    /// For good: it pays nothing any more.
    void detach(PaymentMethod& method);
    /// Detaches what the customer has; only the id stays.
    void forget(Customer customer);

    json::object wire(const PaymentIntent& intent) const;
    void record(std::string_view event_type, json::value object);

    Store& store() { return store_; }
    std::int64_t now() const { return clock_(); }
    const std::string& sandbox_url() const { return sandbox_url_; }

    std::string request_id;  ///< of the request being answered, for its events
    bool webhooks_wanted = false;
    std::int64_t delay_next = 0;  ///< so many confirmations stay `processing` for a while

  private:
    void move(PaymentIntent& intent, IntentEvent event);
    void settle(PaymentIntent& intent, const PaymentMethod& method);
    void authorize(PaymentIntent& intent, const PaymentMethod& method);
    [[noreturn]] void decline(PaymentIntent& intent, const PaymentMethod& method, const Decline& decline);
    void close(PaymentIntent& intent, std::string reason);

    Store& store_;
    Clock clock_;
    std::string sandbox_url_;
};

}  // namespace liveshop::sandbox
