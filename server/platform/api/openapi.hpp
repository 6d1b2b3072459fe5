#pragma once
#include <string>
#include <vector>

#include "platform/api/route.hpp"

namespace liveshop {

/// The OpenAPI 3.1 document of a route table, indented and in a fixed order so that it can be committed and compared.
std::string openapi_document(const std::vector<Route>& routes, std::string_view version);

}  // namespace liveshop
