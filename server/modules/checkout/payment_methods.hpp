#pragma once
// Cards that people keep for the next time. Their numbers are the provider's; we know what a receipt says of them.
#include "modules/checkout/types.hpp"
#include "platform/api/route.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::checkout {

struct SavedPaymentMethod {
    SavedPaymentMethodId id;
    std::string payment_method_id;  ///< the provider's: what POST /checkout is paid with
    std::string brand;              ///< "visa"
    std::string last4;
    std::int64_t exp_month = 0;
    std::int64_t exp_year = 0;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(SavedPaymentMethod, (), (id, payment_method_id, brand, last4, exp_month, exp_year, created_at))

struct SavedPaymentMethodList {
    std::vector<SavedPaymentMethod> payment_methods;  ///< the newest first
};
BOOST_DESCRIBE_STRUCT(SavedPaymentMethodList, (), (payment_methods))

struct SavePaymentMethod {           // POST /me/payment-methods
    Text<4, 255> payment_method_id;  ///< from the card frame
};
BOOST_DESCRIBE_STRUCT(SavePaymentMethod, (), (payment_method_id))

struct OfPaymentMethod {  // DELETE /me/payment-methods/{payment_method_id}
    SavedPaymentMethodId payment_method_id;
};
BOOST_DESCRIBE_STRUCT(OfPaymentMethod, (), (payment_method_id))

std::vector<Route> payment_method_routes();
/// Cards and customers that the provider is to forget.
jobs::Table payment_method_jobs();

/// The provider's customer that the card is saved with, if this person has saved it: a payment with it names them.
awaitable<std::optional<std::string>> customer_of_saved_card(Ctx& ctx, UserId user_id, std::string payment_method_id);

}  // namespace liveshop::checkout
