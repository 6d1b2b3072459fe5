#pragma once
#include "platform/config/secret.hpp"

namespace liveshop {

/// A ForeignSecret that may be left out: empty is none.
struct OptionalSecret : SecretText<0> {
    using SecretText::SecretText;
};
template <>
inline constexpr bool is_secret_type<OptionalSecret> = true;
inline bool must_be_given(const OptionalSecret&) { return false; }

}  // namespace liveshop
