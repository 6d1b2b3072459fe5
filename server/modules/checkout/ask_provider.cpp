#include "modules/checkout/ask_provider.hpp"

#include <boost/asio/experimental/parallel_group.hpp>

#include "modules/checkout/payment_methods.hpp"
#include "modules/checkout/settings.hpp"
#include "modules/identity/api.hpp"
#include "platform/log.hpp"

namespace liveshop::checkout {
namespace {

namespace asio = boost::asio;
using Result = ProviderResult<ProviderPayment>;

constexpr std::string_view unavailable = "Cards cannot be charged at the moment. Nothing was taken: try again shortly.";
constexpr std::string_view unusable = "These card details cannot be used. Enter them again, or take another card.";
constexpr std::string_view unanswered = "The card network gave no answer. Nothing was taken: try again.";
constexpr std::string_view unfinished = "The payment was not confirmed. Try again, or take another card.";

struct Meaning {
    PaymentEvent event = PaymentEvent::decline;
    PaymentAnswer answer = {};

    void operator()(const Authorized& state) {
        event = PaymentEvent::authorize;
        answer.capture_before = state.capture_before;
    }
    void operator()(const Captured&) { event = PaymentEvent::authorize; }
    void operator()(const Processing&) { event = PaymentEvent::process; }
    void operator()(const NeedsAction& state) {
        event = PaymentEvent::require_action;
        answer.next_action_url = state.url;
    }
    void operator()(const Declined& state) { refuse(state.code, state.message); }
    void operator()(const Canceled&) { refuse("canceled", unfinished); }
    void operator()(const Unconfirmed&) { refuse("unconfirmed", unfinished); }

    void refuse(std::string_view code, std::string_view message) {
        event = PaymentEvent::decline;
        answer.decline_code = code;
        answer.failure_message = message;
    }
};

void keep_ids(PaymentAnswer& answer, const ProviderPayment& payment) {
    answer.stripe_payment_intent_id = payment.payment_intent_id;
    if (!payment.charge_id.empty()) answer.stripe_charge_id = payment.charge_id;
}

awaitable<Result> ask_one(Provider& provider, PaymentRow payment, TenantId tenant_id, std::string method_id,
                          std::string customer_id, std::string return_url) {
    if (payment.stripe_payment_intent_id) {
        Result known = co_await provider.retrieve(*payment.stripe_payment_intent_id);
        co_return known;
    }
    AuthorizePayment request{.amount = payment.amount_minor,
                             .currency = payment.currency,
                             .payment_method_id = std::move(method_id),
                             .customer_id = std::move(customer_id),
                             .return_url = std::move(return_url),
                             .metadata = {{"payment_id", payment.id.to_string()},
                                          {"order_id", payment.order_id.to_string()},
                                          {"tenant_id", tenant_id.to_string()}}};
    Result authorized = co_await provider.authorize(std::move(request), payment.id.to_string());
    co_return authorized;
}

// All at once: the customer waits for the slowest, not for the sum.
awaitable<std::vector<Result>> ask_each(Provider& provider, const std::vector<PaymentRow>& payments,
                                        const PaymentAttempt& attempt, TenantId tenant_id, std::string customer_id,
                                        std::string return_url) {
    const auto executor = co_await asio::this_coro::executor;
    using Call = decltype(asio::co_spawn(executor, std::declval<awaitable<Result>>(), asio::deferred));
    std::vector<Call> calls;
    for (const PaymentRow& payment : payments)
        calls.push_back(asio::co_spawn(
            executor, ask_one(provider, payment, tenant_id, attempt.payment_method_id, customer_id, return_url),
            asio::deferred));
    auto group = asio::experimental::make_parallel_group(std::move(calls));
    auto [order, errors, results] = co_await group.async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
    for (const std::exception_ptr& error : errors)
        if (error) std::rethrow_exception(error);
    co_return std::move(results);
}

ProviderPayment not_tried(Declined reason) {
    ProviderPayment payment;
    payment.state = std::move(reason);
    return payment;
}

/// The provider's customer whom the card is attached to, or why there is none.
struct Saved {
    std::string customer_id;
    std::optional<Result> failure;
};

// A card that was not saved pays one intent only, so for several orders it is saved first.
awaitable<Saved> save_card(Provider& provider, const PaymentAttempt& attempt, std::string email) {
    const std::string key = attempt.id.to_string();
    const ProviderResult<std::string> customer_id = co_await provider.create_customer(std::move(email), key);
    if (!customer_id) co_return Saved{"", std::unexpected(customer_id.error())};
    const auto attached = co_await provider.attach(attempt.payment_method_id, *customer_id, key);
    if (!attached) co_return Saved{"", std::unexpected(attached.error())};
    if (*attached) co_return Saved{"", not_tried(**attached)};
    co_return Saved{*customer_id, std::nullopt};
}

}  // namespace

std::optional<Answered> read_answer(const PaymentRow& payment, const Result& answer, Asking asking) {
    Meaning meaning;
    if (answer) {
        if (!answer->payment_intent_id.empty()) keep_ids(meaning.answer, *answer);
        std::visit(meaning, answer->state);
        return Answered{payment, meaning.event, std::move(meaning.answer)};
    }
    const ProviderError& error = answer.error();
    if (error.payment) keep_ids(meaning.answer, *error.payment);
    const bool is_ours = error.status == 401 || error.status == 403;
    if (error.kind == ProviderError::Kind::refused)
        meaning.refuse(error.code, is_ours ? unavailable : unusable);
    else if (asking == Asking::first && error.status == 0 && !error.sent)
        meaning.refuse("provider_unavailable", unavailable);
    else if (asking == Asking::last)
        meaning.refuse("no_answer", unanswered);
    else
        return std::nullopt;
    return Answered{payment, meaning.event, std::move(meaning.answer)};
}

awaitable<std::vector<Answered>> ask_provider(Ctx& ctx, AttemptId attempt_id, Asking asking) {
    const PaymentAttempt attempt = co_await ctx.tx.one(find_attempt, attempt_id);
    std::vector<PaymentRow> payments = co_await ctx.tx.all(list_payments_of_attempt, attempt_id);
    const bool has_several = payments.size() > 1;
    std::erase_if(payments, [](const PaymentRow& payment) { return !is_in_doubt(payment.status); });
    const bool is_new = std::ranges::any_of(payments, [](const PaymentRow& p) { return !p.stripe_payment_intent_id; });
    const std::optional<std::string> wallet =
        co_await customer_of_saved_card(ctx, attempt.customer_id, attempt.payment_method_id);
    std::string email;
    if (has_several && is_new && !wallet) {
        identity::User customer = co_await identity::get_user(ctx, attempt.customer_id);
        email = std::move(customer.email);
    }
    co_await ctx.commit();
    if (payments.empty()) co_return std::vector<Answered>{};

    Provider provider = ctx.services.get<Provider>().for_one_wait();
    Saved saved{.customer_id = wallet.value_or(""), .failure = std::nullopt};
    if (!email.empty()) saved = co_await save_card(provider, attempt, std::move(email));
    std::vector<Result> results(payments.size(), saved.failure.value_or(Result{}));
    if (!saved.failure) {
        const std::string return_url = ctx.services.get<const Settings>().public_url + "/orders";
        results = co_await ask_each(provider, payments, attempt, ctx.tenant, saved.customer_id, return_url);
    }

    std::vector<Answered> answers;
    for (std::size_t i = 0; i < payments.size(); ++i) {
        if (!results[i])
            log::warning("payment provider", {{"payment_id", payments[i].id.to_string()},
                                              {"status", results[i].error().status},
                                              {"code", results[i].error().code},
                                              {"detail", results[i].error().detail},
                                              {"provider_request_id", results[i].error().request_id}});
        std::optional<Answered> answer = read_answer(payments[i], results[i], asking);
        if (answer) answers.push_back(std::move(*answer));
    }
    co_return answers;
}

}  // namespace liveshop::checkout
