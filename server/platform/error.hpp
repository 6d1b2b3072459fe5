#pragma once
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "platform/shape/decode.hpp"

namespace liveshop {

/// One way to be refused: HTTP status, stable code ("checkout.sold_out") and a sentence for a person.
/// Each module writes its own as a table: `constexpr ErrorRow describe_error(Errc)`.
struct ErrorRow {
    int status = 500;
    std::string_view code;
    std::string_view title;
};

/// What may go wrong before or around any handler.
enum class PlatformErrc {
    invalid,
    not_json,
    not_a_picture,
    too_large,
    not_found,
    method_not_allowed,
    unauthenticated,
    token_expired,
    forbidden,
    tenant_unknown,
    rate_limited,
    idempotency_key_reused,
    idempotency_key_in_use,
    conflict,
    unavailable,
    internal,
};
ErrorRow describe_error(PlatformErrc e);

/// Ends the request; thrown anywhere below a handler, answered in one place.
struct Fail : std::exception {
    template <class E>
        requires requires(E e) { describe_error(e); }
    explicit Fail(E e, std::string detail_ = "") : row(describe_error(e)), detail(std::move(detail_)) {}
    const char* what() const noexcept override { return row.code.data(); }
    ErrorRow row;
    std::string detail;  ///< shown to the client: never an internal message
};

/// The JSON of an RFC 9457 problem, with our `code` and `errors` members.
std::string problem_json(const ErrorRow& row, std::string_view detail = "", const std::vector<FieldError>& faults = {});

/// A problem as the OpenAPI document describes it.
struct Problem {
    std::string type, title, code;
    std::int64_t status = 0;
    std::optional<std::string> detail;
    std::optional<std::vector<FieldError>> errors;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (type, title, code, status, detail, errors))

}  // namespace liveshop
