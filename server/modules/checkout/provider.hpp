#pragma once
// The one door to the payment provider: Stripe's HTTP API, or what speaks it.
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "platform/http/client.hpp"
#include "platform/shape/decode.hpp"
#include "platform/shape/scalars.hpp"

namespace liveshop::checkout {

using http::awaitable;

struct ProviderSettings {
    std::string stripe_api_url = "https://api.stripe.com";
    std::string stripe_secret_key;
    std::string stripe_version = "2024-06-20";  ///< the API version the answers are read by
    std::int64_t stripe_timeout_ms = 10'000;    ///< of one call, from connecting to the last byte
};
BOOST_DESCRIBE_STRUCT(ProviderSettings, (), (stripe_api_url, stripe_secret_key, stripe_version, stripe_timeout_ms))

/// Where a payment intent stands.
struct Authorized {                           ///< the amount is held on the card, to be captured or canceled
    std::optional<Timestamp> capture_before;  ///< when the hold ends by itself
};
struct Captured {};
struct Canceled {};
struct Processing {};  ///< the bank has not decided: retrieve() later
struct NeedsAction {   ///< the customer has to confirm at the bank; then retrieve()
    std::string url;
};
struct Declined {         ///< another card may be tried, with confirm()
    std::string code;     ///< Stripe's, the decline code where there is one: "insufficient_funds"
    std::string message;  ///< for the customer
};
struct Unconfirmed {};  ///< nothing was tried yet: confirm()
using PaymentState = std::variant<Authorized, Captured, Canceled, Processing, NeedsAction, Declined, Unconfirmed>;

struct ProviderPayment {
    std::string payment_intent_id;  ///< "pi_…": what every later call names
    std::string charge_id;          ///< "ch_…", or empty before the bank was asked
    std::string payment_method_id;  ///< "pm_…", or empty after a decline
    Amount amount;                  ///< asked for
    Amount amount_received;         ///< captured
    std::string currency;           ///< ISO 4217 in capitals
    PaymentState state;
};

/// Why there is no answer to rely on.
struct ProviderError {
    enum class Kind {
        unknown_outcome,  ///< it may have happened (no answer, 5xx, 409, 429): repeat with the same idempotency key
        refused,          ///< it did not happen and will not: a fault of ours, or the payment is in another state
    };
    Kind kind = Kind::unknown_outcome;
    int status = 0;          ///< HTTP; 0 without an answer
    std::string code;        ///< Stripe's, or the http client's: "payment_intent_unexpected_state", "timeout"
    std::string detail;      ///< for logs, never for a customer
    std::string request_id;  ///< Stripe's, for its support
    bool sent = true;        ///< false: the request never left this machine, so nothing can have happened
    std::optional<ProviderPayment> payment{};  ///< as it is, where Stripe told
};

template <class T>
using ProviderResult = std::expected<T, ProviderError>;

/// Ours, found again in Stripe's dashboard and in webhooks: {"payment_id", …}.
using Metadata = std::vector<std::pair<std::string, std::string>>;

struct AuthorizePayment {
    Amount amount;
    std::string currency;           ///< ISO 4217
    std::string payment_method_id;  ///< from the card frame
    std::string customer_id{};      ///< Stripe's, for a saved card; a card not saved can be used once only
    std::string return_url;         ///< where the bank sends the customer back to
    std::string description{};
    Metadata metadata{};
};

/// Money on its way back to a card.
struct ProviderRefund {
    enum class State { pending, succeeded, failed };
    std::string id;  ///< "re_…"
    State state = State::pending;
};

/// Somebody's own account at the provider (Stripe Connect, Express), which transfers go to.
struct ConnectedAccount {
    std::string id;            ///< "acct_…"
    bool can_be_paid = false;  ///< the provider knows enough of its owner
};

struct NewTransfer {
    Amount amount;
    std::string currency;    ///< ISO 4217
    std::string account_id;  ///< "acct_…"
    std::string group;       ///< ours: what it is for, found again by find_transfer()
    std::string description;
};

/// A card that is kept for the next time.
struct SavedCard {
    std::string payment_method_id;  ///< "pm_…"
    std::string brand;              ///< "visa"
    std::string last4;
    std::int64_t exp_month = 0;
    std::int64_t exp_year = 0;
};

/// Every call takes at most `stripe_timeout_ms` and is to be made outside any transaction. Stripe keeps the answer to
/// an idempotency key for 24 hours at least and gives it again, declines included. `idempotency_key` is the id of the
/// stored payment (of the attempt, for confirm); each operation adds its own name, since a key belongs to one endpoint.
class Provider {
  public:
    Provider(http::Client& client, ProviderSettings settings);

    /// The same door for several calls that one person waits for: together they take at most `stripe_timeout_ms`.
    Provider for_one_wait() const;

    /// Creates the intent and asks the bank to hold the amount; nothing is taken before capture().
    awaitable<ProviderResult<ProviderPayment>> authorize(AuthorizePayment payment, std::string idempotency_key);
    awaitable<ProviderResult<ProviderPayment>> retrieve(std::string payment_intent_id);
    /// Tries again after a decline, with another card.
    awaitable<ProviderResult<ProviderPayment>> confirm(std::string payment_intent_id, std::string payment_method_id,
                                                       std::string return_url, std::string idempotency_key);
    /// Takes the amount or less of it, once; what is left is released.
    awaitable<ProviderResult<ProviderPayment>> capture(std::string payment_intent_id, Amount amount,
                                                       std::string idempotency_key);
    /// Releases the hold.
    awaitable<ProviderResult<ProviderPayment>> cancel(std::string payment_intent_id, std::string idempotency_key);

    /// A customer of Stripe's, to whom cards can be attached: "cus_…".
    awaitable<ProviderResult<std::string>> create_customer(std::string email, std::string idempotency_key);
    /// Saves a card, so that it pays more than one intent; a bank may decline that.
    awaitable<ProviderResult<std::optional<Declined>>> attach(std::string payment_method_id, std::string customer_id,
                                                              std::string idempotency_key);

    /// The same, with what is printed on a receipt of the card.
    awaitable<ProviderResult<std::variant<SavedCard, Declined>>> save_card(std::string payment_method_id,
                                                                           std::string customer_id,
                                                                           std::string idempotency_key);
    /// Forgets a saved card; it is no error if it was forgotten before.
    awaitable<ProviderResult<void>> detach(std::string payment_method_id, std::string idempotency_key);
    /// Forgets a customer and all their cards; likewise.
    awaitable<ProviderResult<void>> delete_customer(std::string customer_id);

    /// Gives back what was captured, or a part of it. `metadata` as in AuthorizePayment.
    awaitable<ProviderResult<ProviderRefund>> refund(std::string payment_intent_id, Amount amount, Metadata metadata,
                                                     std::string idempotency_key);
    awaitable<ProviderResult<ProviderRefund>> retrieve_refund(std::string refund_id);

    awaitable<ProviderResult<ConnectedAccount>> create_account(std::string email, std::string country,
                                                               std::string idempotency_key);
    awaitable<ProviderResult<ConnectedAccount>> retrieve_account(std::string account_id);
    /// A page of the provider's on which the account's owner says who they are; it is good once, for minutes.
    awaitable<ProviderResult<std::string>> create_onboarding_link(std::string account_id, std::string return_url,
                                                                  std::string idempotency_key);
    /// Moves money of the platform's to a connected account; answers the transfer's id, "tr_…".
    awaitable<ProviderResult<std::string>> transfer(NewTransfer what, std::string idempotency_key);
    /// The transfer of a group, if there is one: keys are forgotten after a day, groups are not.
    awaitable<ProviderResult<std::optional<std::string>>> find_transfer(std::string group);

  private:
    using Form = std::vector<std::pair<std::string, std::string>>;

    awaitable<ProviderResult<json::object>> object(std::string method, std::string path, Form form,
                                                   std::string idempotency_key);
    awaitable<ProviderResult<http::Answer>> send(std::string method, std::string path, Form form,
                                                 std::string idempotency_key);
    awaitable<ProviderResult<ProviderPayment>> ask(std::string method, std::string path, Form form,
                                                   std::string idempotency_key);

    std::chrono::milliseconds time_left() const;

    http::Client& client_;
    ProviderSettings settings_;
    std::optional<std::chrono::steady_clock::time_point> deadline_;
};

/// What Stripe's answer means; pure. A decline is a payment, not an error.
ProviderResult<ProviderPayment> read_payment(const http::Answer& answer);

/// "a=1&card%5Bnumber%5D=…"
std::string form_encode(const std::vector<std::pair<std::string, std::string>>& fields);

}  // namespace liveshop::checkout
