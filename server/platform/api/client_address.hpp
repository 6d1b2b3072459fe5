#pragma once
#include <span>
#include <string_view>

#include "platform/http/message.hpp"

namespace liveshop {

/// The address of the client behind a trusted proxy: the last entry of the last X-Forwarded-For, without port and
/// brackets. Only that one is the proxy's word; what stands before it, the client may have sent. Empty without one.
std::string_view forwarded_address(std::span<const http::HeaderView> headers);

}  // namespace liveshop
