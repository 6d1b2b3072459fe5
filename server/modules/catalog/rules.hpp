#pragma once
// What a product may be made of, beyond what the types of its fields say. Pure: no clock, no I/O, no SQL.
#include "modules/catalog/requests.hpp"
#include "platform/shape/decode.hpp"

namespace liveshop::catalog {

inline constexpr std::size_t variants_max = 50;
inline constexpr std::size_t pictures_max = 20;

/// Every fault of a new product's lists.
std::vector<FieldError> faults_of(const CreateProduct& in);
/// Of those of a change to a product that has so many variants.
std::vector<FieldError> faults_of(const UpdateProduct& in, std::size_t variants_before);

}  // namespace liveshop::catalog
