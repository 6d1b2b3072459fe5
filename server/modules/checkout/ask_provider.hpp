#pragma once
#include "modules/checkout/payment_moves.hpp"
#include "modules/checkout/provider.hpp"

namespace liveshop::checkout {

enum class Asking {
    first,  ///< the provider cannot have heard of these payments
    again,  ///< it may have: no answer leaves them in doubt
    last,   ///< no answer is a refusal; a hold that nobody captures ends by itself
};

/// What the provider's answer does to a payment that was in doubt, or nothing where it leaves it there.
std::optional<Answered> read_answer(const PaymentRow& payment, const ProviderResult<ProviderPayment>& answer,
                                    Asking asking);

/// Ends the transaction, then asks the provider about each payment of the attempt that is in doubt, holding nothing.
/// Repeating a request does not repeat what it did: its idempotency key is the payment's id. Answers that did not come
/// in time are left out.
awaitable<std::vector<Answered>> ask_provider(Ctx& ctx, AttemptId attempt_id, Asking asking);

}  // namespace liveshop::checkout
