#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace liveshop::notify {

/// RFC 4648, section 5, without padding.
std::string base64url(std::string_view bytes);
/// Padding is let pass, as some browsers write it; nothing where there is any other character, or one too many.
std::optional<std::string> decode_base64url(std::string_view text);

}  // namespace liveshop::notify
