#pragma once
// What the sandbox remembers, by Stripe's names. Times in seconds since the epoch, as Stripe gives them.
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "platform/states.hpp"
#include "sandbox/cards.hpp"

namespace liveshop::sandbox {

enum class IntentStatus {
    requires_payment_method,
    requires_confirmation,
    requires_action,
    processing,
    requires_capture,
    succeeded,
    canceled,
};
BOOST_DESCRIBE_ENUM(IntentStatus, requires_payment_method, requires_confirmation, requires_action, processing,
                    requires_capture, succeeded, canceled)

enum class IntentEvent { give_method, challenge, delay, decline, authorize, pay, capture, cancel };
BOOST_DESCRIBE_ENUM(IntentEvent, give_method, challenge, delay, decline, authorize, pay, capture, cancel)

/// https://docs.stripe.com/payments/paymentintents/lifecycle
inline constexpr auto intent_machine = [] {
    using enum IntentStatus;
    using enum IntentEvent;
    return Machine<IntentStatus, IntentEvent, 26>{requires_payment_method,
                                                  {{
                                                      {requires_payment_method, give_method, requires_confirmation},
                                                      {requires_payment_method, challenge, requires_action},
                                                      {requires_payment_method, delay, processing},
                                                      {requires_payment_method, decline, requires_payment_method},
                                                      {requires_payment_method, authorize, requires_capture},
                                                      {requires_payment_method, pay, succeeded},
                                                      {requires_payment_method, cancel, canceled},
                                                      {requires_confirmation, challenge, requires_action},
                                                      {requires_confirmation, delay, processing},
                                                      {requires_confirmation, decline, requires_payment_method},
                                                      {requires_confirmation, authorize, requires_capture},
                                                      {requires_confirmation, pay, succeeded},
                                                      {requires_confirmation, cancel, canceled},
                                                      {requires_action, challenge, requires_action},
                                                      {requires_action, delay, processing},
                                                      {requires_action, decline, requires_payment_method},
                                                      {requires_action, authorize, requires_capture},
                                                      {requires_action, pay, succeeded},
                                                      {requires_action, cancel, canceled},
                                                      {processing, challenge, requires_action},
                                                      {processing, decline, requires_payment_method},
                                                      {processing, authorize, requires_capture},
                                                      {processing, pay, succeeded},
                                                      {requires_capture, capture, succeeded},
                                                      {requires_capture, cancel, canceled},
                                                      {requires_confirmation, give_method, requires_confirmation},
                                                  }}};
}();
static_assert(intent_machine.sound());
static_assert(intent_machine.is_final(IntentStatus::succeeded) && intent_machine.is_final(IntentStatus::canceled));
static_assert(!intent_machine.next(IntentStatus::succeeded, IntentEvent::capture), "captured once");

enum class CaptureMethod { automatic, automatic_async, manual };
BOOST_DESCRIBE_ENUM(CaptureMethod, automatic, automatic_async, manual)

struct Customer {
    std::string id{};
    std::int64_t created = 0;
    std::optional<std::string> email{}, name{}, phone{}, description{};
    boost::json::value metadata{};
    std::optional<bool> deleted{};  ///< only its id is known any more
};
BOOST_DESCRIBE_STRUCT(Customer, (), (id, created, email, name, phone, description, metadata, deleted))

struct PaymentMethod {
    std::string id{};
    std::int64_t created = 0;
    Card card;
    std::optional<std::string> name{}, email{}, phone{};  ///< billing details
    std::optional<std::string> customer{};
    bool used = false;  ///< once used without a customer, it may not be used again
    boost::json::value metadata{};
};
BOOST_DESCRIBE_STRUCT(PaymentMethod, (), (id, created, card, name, email, phone, customer, used, metadata))

struct PaymentError {
    std::string type{}, code{}, message{};
    std::optional<std::string> decline_code{}, charge{}, payment_method{};
};
BOOST_DESCRIBE_STRUCT(PaymentError, (), (type, code, message, decline_code, charge, payment_method))

struct PaymentIntent {
    std::string id{}, client_secret{}, currency{};
    std::int64_t created = 0;
    std::int64_t amount = 0, amount_capturable = 0, amount_received = 0;  ///< minor units
    CaptureMethod capture_method = CaptureMethod::automatic;
    IntentStatus status = IntentStatus::requires_payment_method;
    std::vector<std::string> payment_method_types;
    std::optional<std::string> payment_method{}, customer{}, latest_charge{}, return_url{};
    std::optional<std::string> description{}, receipt_email{}, setup_future_usage{}, statement_descriptor_suffix{};
    std::optional<std::string> transfer_group{}, cancellation_reason{};
    std::optional<std::int64_t> canceled_at{};
    std::optional<std::int64_t> settles_at{};  ///< while processing
    std::optional<PaymentError> last_payment_error{};
    boost::json::value metadata{};
};
BOOST_DESCRIBE_STRUCT(PaymentIntent, (),
                      (id, client_secret, currency, created, amount, amount_capturable, amount_received, capture_method,
                       status, payment_method_types, payment_method, customer, latest_charge, return_url, description,
                       receipt_email, setup_future_usage, statement_descriptor_suffix, transfer_group,
                       cancellation_reason, canceled_at, settles_at, last_payment_error, metadata))

struct Charge {
    std::string id{}, payment_intent{}, payment_method{}, currency{};
    std::int64_t created = 0;
    std::int64_t amount = 0, amount_captured = 0, amount_refunded = 0;  ///< minor units
    bool captured = false;
    std::int64_t capture_before = 0;  ///< when an uncaptured authorization ends; 0 if there is none
    std::optional<std::string> customer{}, failure_code{}, failure_message{}, decline_code{};
    boost::json::value metadata{};
};
BOOST_DESCRIBE_STRUCT(Charge, (),
                      (id, payment_intent, payment_method, currency, created, amount, amount_captured, amount_refunded,
                       captured, capture_before, customer, failure_code, failure_message, decline_code, metadata))

struct Refund {
    std::string id{}, payment_intent{}, charge{}, currency{};
    std::int64_t created = 0, amount = 0;
    std::optional<std::string> reason{};
    boost::json::value metadata{};
};
BOOST_DESCRIBE_STRUCT(Refund, (), (id, payment_intent, charge, currency, created, amount, reason, metadata))

/// A connected account (Express): whom the platform pays.
struct Account {
    std::string id{}, country{}, email{};
    std::int64_t created = 0;
    bool details_submitted = false;                 ///< its owner has been through the onboarding page
    bool can_be_paid = false;                       ///< and it was accepted
    std::string onboarding_secret{}, return_url{};  ///< of the last account link
    boost::json::value metadata{};
};
BOOST_DESCRIBE_STRUCT(Account, (),
                      (id, country, email, created, details_submitted, can_be_paid, onboarding_secret, return_url,
                       metadata))

struct Transfer {
    std::string id{}, destination{}, currency{};
    std::int64_t created = 0, amount = 0;
    std::optional<std::string> transfer_group{}, description{};
    boost::json::value metadata{};
};
BOOST_DESCRIBE_STRUCT(Transfer, (), (id, destination, currency, created, amount, transfer_group, description, metadata))

struct Event {
    std::string id{}, type{};
    std::int64_t created = 0;
    std::int64_t pending_webhooks = 0;
    std::string request{};  ///< the id of the request that caused it, or empty
    boost::json::value object{};
};
BOOST_DESCRIBE_STRUCT(Event, (), (id, type, created, pending_webhooks, request, object))

/// The first answer given under an Idempotency-Key.
struct KeptAnswer {
    std::string id{};                      ///< the key
    std::string endpoint{}, parameters{};  ///< the path, and a digest of the parameters it was first used with
    std::string request{};
    std::int64_t created = 0;
    std::int64_t status = 200;
    std::string body{};
};
BOOST_DESCRIBE_STRUCT(KeptAnswer, (), (id, endpoint, parameters, request, created, status, body))

}  // namespace liveshop::sandbox
