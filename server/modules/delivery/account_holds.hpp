#pragma once
#include "modules/identity/api.hpp"

namespace liveshop::delivery {

/// Nobody deletes their account while they carry a parcel.
identity::DeletionHolds account_holds();

}  // namespace liveshop::delivery
