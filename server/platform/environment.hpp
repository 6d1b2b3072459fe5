#pragma once
#include <boost/describe.hpp>

namespace liveshop {

/// Where the platform runs. Development shows demo accounts and short log lines; anything else is production.
enum class Environment { development, production };
BOOST_DESCRIBE_ENUM(Environment, development, production)

}  // namespace liveshop
