#pragma once
#include "platform/db/pool.hpp"

namespace liveshop {

/// Connections of the platform's own administrators, which see every tenant's rows. Only handlers that have checked for
/// such an administrator may use them.
struct AdminDatabase {
    db::Pool& pool;
};

}  // namespace liveshop
