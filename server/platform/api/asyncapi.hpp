#pragma once
#include <string>
#include <vector>

#include "platform/api/route.hpp"

namespace liveshop {

/// The AsyncAPI 3.0 document of the sockets: every registered event that leaves, and every route that an event reaches,
/// with the acknowledgement that answers it. In a fixed order, so that it can be committed and compared.
std::string asyncapi_document(const std::vector<Route>& routes, std::string_view version);

}  // namespace liveshop
