#pragma once
#include <boost/json.hpp>
#include <string>

namespace liveshop {
namespace json = boost::json;

/// JSON indented by two, in the order given: a document that can be committed and compared.
std::string print_document(const json::value& document);

/// The members in order of their names.
json::object sorted(const json::object& object);

}  // namespace liveshop
