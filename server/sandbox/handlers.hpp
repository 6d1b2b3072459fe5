#pragma once
// The handlers of the table in endpoints.cpp.
#include "sandbox/endpoints.hpp"

namespace liveshop::sandbox {

json::object create_intent(Payments& payments, const Asked& asked);
json::object retrieve_intent(Payments& payments, const Asked& asked);
json::object confirm_intent(Payments& payments, const Asked& asked);
json::object capture_intent(Payments& payments, const Asked& asked);
json::object cancel_intent(Payments& payments, const Asked& asked);
json::object list_intents(Payments& payments, const Asked& asked);
json::object create_method(Payments& payments, const Asked& asked);
json::object retrieve_method(Payments& payments, const Asked& asked);
json::object attach_method(Payments& payments, const Asked& asked);
json::object detach_method(Payments& payments, const Asked& asked);
json::object list_methods(Payments& payments, const Asked& asked);
json::object create_customer(Payments& payments, const Asked& asked);
json::object retrieve_customer(Payments& payments, const Asked& asked);
json::object delete_customer(Payments& payments, const Asked& asked);
json::object list_methods_of_customer(Payments& payments, const Asked& asked);
json::object retrieve_charge(Payments& payments, const Asked& asked);
json::object create_refund(Payments& payments, const Asked& asked);
json::object retrieve_refund(Payments& payments, const Asked& asked);
json::object create_account(Payments& payments, const Asked& asked);
json::object retrieve_account(Payments& payments, const Asked& asked);
json::object create_account_link(Payments& payments, const Asked& asked);
json::object create_transfer(Payments& payments, const Asked& asked);
json::object retrieve_transfer(Payments& payments, const Asked& asked);
json::object list_transfers(Payments& payments, const Asked& asked);
json::object retrieve_balance(Payments& payments, const Asked& asked);
json::object list_events(Payments& payments, const Asked& asked);
json::object retrieve_event(Payments& payments, const Asked& asked);

}  // namespace liveshop::sandbox
