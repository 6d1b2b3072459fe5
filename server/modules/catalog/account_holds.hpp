#pragma once
#include "modules/identity/api.hpp"

namespace liveshop::catalog {

/// Nobody deletes their account while a store of theirs is open.
identity::DeletionHolds account_holds();

}  // namespace liveshop::catalog
