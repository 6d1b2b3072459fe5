#include "modules/checkout/provider_wire.hpp"

#include <fmt/format.h>

namespace liveshop::checkout::wire {

const json::object* object_in(const json::object& in, std::string_view name) {
    const json::value* member = in.if_contains(name);
    return member ? member->if_object() : nullptr;
}

std::string text_in(const json::object& in, std::string_view name) {
    const json::value* member = in.if_contains(name);
    const json::string* text = member ? member->if_string() : nullptr;
    return text ? std::string(*text) : std::string();
}

std::int64_t integer_in(const json::object& in, std::string_view name) {
    const json::value* member = in.if_contains(name);
    const std::int64_t* number = member ? member->if_int64() : nullptr;
    return number ? *number : 0;
}

bool is_unknown(int status) { return status >= 500 || status == 409 || status == 429 || status < 200; }

ProviderError unreadable(const http::Answer& answer) {
    return {.kind = ProviderError::Kind::unknown_outcome,
            .status = answer.status,
            .code = "unreadable_answer",
            .detail = fmt::format("{} bytes of {}", answer.body.size(), answer.header("content-type")),
            .request_id = std::string(answer.header("request-id"))};
}

}  // namespace liveshop::checkout::wire
