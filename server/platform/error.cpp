#include "platform/error.hpp"

#include "platform/shape/encode.hpp"

namespace liveshop {

ErrorRow describe_error(PlatformErrc e) {
    switch (e) {
        case PlatformErrc::invalid:
            return {422, "invalid", "Some fields are not valid: see errors"};
        case PlatformErrc::not_json:
            return {400, "not_json", "The body must be one JSON object in UTF-8"};
        case PlatformErrc::not_a_picture:
            return {415, "not_a_picture", "The body must be a JPEG, PNG or WebP picture, and Content-Type must say so"};
        case PlatformErrc::too_large:
            return {413, "too_large", "The request is larger than is allowed here"};
        case PlatformErrc::not_found:
            return {404, "not_found", "There is nothing at this address"};
        case PlatformErrc::method_not_allowed:
            return {405, "method_not_allowed", "This address does not take that method: see Allow"};
        case PlatformErrc::unauthenticated:
            return {401, "unauthenticated", "Sign in first"};
        case PlatformErrc::token_expired:
            return {401, "token_expired", "The access token has expired: refresh it"};
        case PlatformErrc::forbidden:
            return {403, "forbidden", "Your account may not do this"};
        case PlatformErrc::tenant_unknown:
            return {404, "tenant_unknown", "No shop platform answers to this host or tenant name"};
        case PlatformErrc::rate_limited:
            return {429, "rate_limited", "Too many requests: wait as long as Retry-After says"};
        case PlatformErrc::idempotency_key_reused:
            return {422, "idempotency_key_reused",
                    "This Idempotency-Key came with another request before: use a new one"};
        case PlatformErrc::idempotency_key_in_use:
            return {409, "idempotency_key_in_use",
                    "The first request with this Idempotency-Key is still running: ask again shortly"};
        case PlatformErrc::conflict:
            return {409, "conflict", "Somebody else changed the same thing: load it again and retry"};
        case PlatformErrc::unavailable:
            return {503, "unavailable", "The service is busy or restarting: try again in a moment"};
        case PlatformErrc::internal:
            break;
    }
    return {500, "internal", "Something went wrong on our side: try again, and give us the request id if it stays"};
}

std::string problem_json(const ErrorRow& row, std::string_view detail, const std::vector<FieldError>& faults) {
    Problem problem{.type = "urn:liveshop:" + std::string(row.code),
                    .title = std::string(row.title),
                    .code = std::string(row.code),
                    .status = row.status,
                    .detail = std::nullopt,
                    .errors = std::nullopt};
    if (!detail.empty()) problem.detail = detail;
    if (!faults.empty()) problem.errors = faults;
    return to_json(problem);
}

}  // namespace liveshop
