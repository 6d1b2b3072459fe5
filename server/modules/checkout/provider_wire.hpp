#pragma once
// How the provider's answers are read: shared by the files behind provider.hpp.
#include <boost/json.hpp>

#include "modules/checkout/provider.hpp"

namespace liveshop::checkout::wire {

/// Members of an object, or null, "" and 0 where they are missing or of another type.
const json::object* object_in(const json::object& in, std::string_view name);
std::string text_in(const json::object& in, std::string_view name);
std::int64_t integer_in(const json::object& in, std::string_view name);

/// 409: another request holds the object or the key; 429: not carried out, but worth repeating. Neither says no.
bool is_unknown(int status);
/// An answer that makes no sense leaves open what happened.
ProviderError unreadable(const http::Answer& answer);
/// The object of an answer, or the error it speaks of.
ProviderResult<json::object> object_of(const http::Answer& answer);

}  // namespace liveshop::checkout::wire
