#pragma once
// The objects as Stripe writes them.
#include "sandbox/store.hpp"

namespace liveshop::sandbox {
namespace json = boost::json;

json::object to_wire(const Customer& customer);
json::object to_wire(const PaymentMethod& method);
json::object to_wire(const Refund& refund);
json::object to_wire(const Account& account);
json::object to_wire(const Transfer& transfer);
json::object to_wire(const Event& event);
json::object to_wire(const Charge& charge, const Store& store);
/// `sandbox_url` is where the customer authenticates.
json::object to_wire(const PaymentIntent& intent, const Store& store, std::string_view sandbox_url);

/// Where an account's owner says who they are.
std::string onboarding_url(const Account& account, std::string_view sandbox_url);

std::string challenge_url(const PaymentIntent& intent, std::string_view sandbox_url);

}  // namespace liveshop::sandbox
