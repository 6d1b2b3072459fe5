#pragma once
// What a store and a product may be made of, beyond what the types of their fields say. Pure: no clock, no I/O, no SQL.
#include "modules/catalog/requests.hpp"
#include "platform/shape/decode.hpp"

namespace liveshop::catalog {

inline constexpr std::size_t variants_max = 50;
inline constexpr std::size_t pictures_max = 20;
inline constexpr std::size_t options_max = 3;
inline constexpr std::size_t attributes_max = 30;
inline constexpr std::size_t openings_max = 28;  ///< four a day
inline constexpr std::size_t holidays_max = 100;

/// Every fault of a new product's lists.
std::vector<FieldError> faults_of(const CreateProduct& in);
/// Of those of a change to a product that is like `before`.
std::vector<FieldError> faults_of(const UpdateProduct& in, const Product& before);
/// Of a store's hours, holidays and pictures.
std::vector<FieldError> faults_of(const UpdateStore& in);
/// Whether it says one thing: how many more or fewer, or how many there are and were.
std::vector<FieldError> faults_of(const ChangeStock& in);
/// A place is given whole or not at all, and what refers to it needs it.
std::vector<FieldError> faults_of(const ListStores& in);

/// "M / Blue", or "Standard" without options.
std::string variant_name(const std::vector<OptionText>& option_values);

/// Minutes after midnight of "09:30", up to 24:00; nothing for what is no such text.
std::optional<int> minutes_of(std::string_view time);
/// Whether "2026-02-28" is a day of the calendar.
bool is_date(std::string_view text);

}  // namespace liveshop::catalog
