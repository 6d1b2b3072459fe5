#pragma once
#include "platform/api/idempotency.hpp"
#include "platform/db/error.hpp"

namespace liveshop {

/// Over its rate: the answer says how long to wait.
struct RateLimited : Fail {
    explicit RateLimited(int wait)
        : Fail(PlatformErrc::rate_limited, "Wait " + std::to_string(wait) + " s"), wait_s(wait) {}
    int wait_s;
};

/// The answer of a row; with Retry-After where coming back later helps.
Reply refusal(const ErrorRow& row, std::string_view detail = "", const std::vector<FieldError>& faults = {},
              int wait_s = 1);

/// Turns the exception being handled into the client's answer: the only words it gets are from the tables. What is no
/// refusal of ours is logged under `request_id`.
Reply refusal_of_current_exception(const Route& route, const std::vector<ConstraintRow>& constraints,
                                   std::string_view request_id);

/// Whether the same transaction may succeed when it is run again: it met another one at a bad moment.
bool is_worth_a_retry(const db::Error& error);

}  // namespace liveshop
