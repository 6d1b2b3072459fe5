#pragma once
// How a payout moves. Pure: no clock, no I/O, no SQL.
#include <optional>

#include "modules/payouts/requests.hpp"
#include "platform/states.hpp"

namespace liveshop::payouts {

enum class PayoutEvent { send, complete, refuse, retry };
BOOST_DESCRIBE_ENUM(PayoutEvent, send, complete, refuse, retry)

inline constexpr auto payout_machine = [] {
    using enum PayoutStatus;
    using enum PayoutEvent;
    return Machine<PayoutStatus, PayoutEvent, 5>{pending,
                                                 {{
                                                     {pending, send, processing},
                                                     {processing, send, processing},
                                                     {processing, complete, completed},
                                                     {processing, refuse, failed},
                                                     {failed, retry, pending},
                                                 }}};
}();
static_assert(payout_machine.sound());
static_assert(payout_machine.is_final(PayoutStatus::completed), "paid once");
static_assert(!payout_machine.next(PayoutStatus::processing, PayoutEvent::retry),
              "what may have happened is looked for, not begun anew");

inline constexpr std::int64_t refusals_max = 5;  ///< then a person has to look

/// Seconds after which a refused payout is tried again by itself: an hour, two, four …; nothing after the last.
constexpr std::optional<std::int64_t> retry_after_s(std::int64_t refusals) {
    if (refusals >= refusals_max) return std::nullopt;
    return std::int64_t{3'600} << (refusals - 1);
}
static_assert(retry_after_s(1) == 3'600 && retry_after_s(4) == 28'800 && !retry_after_s(5));

/// The provider gives a refusal again under the same key: what was refused for certain is asked under another one.
inline std::string idempotency_key(PayoutId payout_id, std::int64_t refusals) {
    return refusals == 0 ? payout_id.to_string() : payout_id.to_string() + ":" + std::to_string(refusals);
}

}  // namespace liveshop::payouts
