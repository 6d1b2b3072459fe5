// The router's numbers for people and machines.
#pragma once
#include <boost/json/object.hpp>
#include <string>

#include "media/router.hpp"

namespace liveshop::media {

// Prometheus text format 0.0.4.
std::string metrics_text(const Router&);

// The same numbers as the answer to the control command "statistics".
boost::json::object statistics(const Router&);

}  // namespace liveshop::media
