// The wordings in English, one row a kind. A further language is a further table and a further value of Locale.
#include "modules/notify/words.hpp"

namespace liveshop::notify {
namespace {

constexpr std::array<Wording, kind_count> english = [] {
    using enum Kind;
    std::array<Wording, kind_count> table{};
    const auto say = [&table](Kind kind, Wording wording) { table[static_cast<std::size_t>(kind)] = wording; };

    say(order_paid, {.title = "Order placed",
                     .body = "{store_name} has your order {order_number} over {total}.",
                     .subject = "Your order {order_number} at {store_name}",
                     .mail = "Thank you for your order. {store_name} has it and will start on it soon.\n\nThe amount "
                             "is held on your card and taken when the driver picks your order up.",
                     .button = "Follow your order",
                     .sms = "{shop}: {store_name} has your order {order_number} over {total}. {link}"});
    say(order_confirmed, {.title = "Order accepted",
                          .body = "{store_name} is getting order {order_number} ready.",
                          .subject = "{store_name} has accepted your order {order_number}",
                          .mail = "{store_name} has accepted your order {order_number} and is getting it ready.",
                          .button = "Follow your order",
                          .sms = "{shop}: {store_name} has accepted your order {order_number}. {link}"});
    say(order_ready, {.title = "Order packed",
                      .body = "Order {order_number} is ready, and a driver is being found.",
                      .subject = "Your order {order_number} is packed",
                      .mail = "{store_name} has packed your order {order_number}. A driver is being found for it.",
                      .button = "Follow your order",
                      .sms = "{shop}: order {order_number} is packed; a driver is being found. {link}"});
    say(order_picked_up, {.title = "On its way",
                          .body = "Your driver has order {order_number}. Watch it come on the map.",
                          .subject = "Your order {order_number} is on its way",
                          .mail = "The driver has picked up your order {order_number} at {store_name}. You can watch "
                                  "it come on the map.",
                          .button = "See it on the map",
                          .sms = "{shop}: order {order_number} is on its way. {link}"});
    say(order_delivered, {.title = "Delivered",
                          .body = "Order {order_number} from {store_name} has arrived. How was it?",
                          .subject = "Your order {order_number} has arrived",
                          .mail = "Your order {order_number} from {store_name} has arrived. Enjoy it, and tell us how "
                                  "it was.",
                          .button = "See your order",
                          .sms = "{shop}: order {order_number} has arrived. {link}"});
    say(order_cancelled, {.title = "Order cancelled",
                          .body = "Order {order_number} at {store_name} was cancelled. You are not charged.",
                          .subject = "Your order {order_number} was cancelled",
                          .mail = "Your order {order_number} at {store_name} was cancelled. You are not charged: what "
                                  "was held on your card is released; your bank may take a few days to show it.",
                          .button = "See your order",
                          .sms = "{shop}: order {order_number} was cancelled. You are not charged. {link}"});
    say(order_refunded, {.title = "Money on its way back",
                         .body = "A refund was made for order {order_number} at {store_name}.",
                         .subject = "A refund for your order {order_number}",
                         .mail = "Money was refunded to your card for order {order_number} at {store_name}. Your bank "
                                 "may take a few days to show it; the order says how much it is.",
                         .button = "See your order",
                         .sms = "{shop}: a refund was made for order {order_number}. {link}"});
    say(driver_assigned, {.title = "A driver was found",
                          .body = "Somebody is on the way to {store_name} to fetch order {order_number}.",
                          .subject = "A driver fetches your order {order_number}",
                          .mail = "A driver is on the way to {store_name} to fetch your order {order_number}.",
                          .button = "Follow your order",
                          .sms = "{shop}: a driver is fetching order {order_number}. {link}"});
    say(driver_at_door, {.title = "Your driver is here",
                         .body = "Order {order_number} from {store_name} is at your door.",
                         .subject = "Your order {order_number} is at your door",
                         .mail = "The driver with your order {order_number} from {store_name} is at your door.",
                         .button = "See your order",
                         .sms = "{shop}: your driver is at the door with order {order_number}. {link}"});
    say(delivery_failed, {.title = "Delivery failed",
                          .body = "Order {order_number} from {store_name} could not be handed over.",
                          .subject = "Order {order_number} could not be delivered",
                          .mail = "The driver could not hand over order {order_number} from {store_name}. The order "
                                  "says why, and what happens next.",
                          .button = "See the order",
                          .sms = "{shop}: order {order_number} could not be delivered. {link}"});
    say(delivery_message, {.title = "{sender} about order {order_number}",
                           .body = "{message}",
                           .subject = "A message about order {order_number}",
                           .mail = "{sender} writes about order {order_number}:\n\n{message}",
                           .button = "Answer",
                           .sms = "{shop}: {sender} wrote about order {order_number}. {link}"});
    say(stream_started, {.title = "{store_name} is live",
                         .body = "{stream_title}",
                         .subject = "{store_name} is live: {stream_title}",
                         .mail = "{store_name}, which you follow, has just gone live: {stream_title}.",
                         .button = "Watch now",
                         .sms = "{shop}: {store_name} is live. {link}"});
    say(stream_reminder, {.title = "{store_name} goes live soon",
                          .body = "{stream_title} starts in a quarter of an hour.",
                          .subject = "{store_name} goes live soon: {stream_title}",
                          .mail = "{store_name}, which you follow, goes live in a quarter of an hour: {stream_title}.",
                          .button = "See the show",
                          .sms = "{shop}: {store_name} goes live in a quarter of an hour. {link}"});
    say(new_order, {.title = "New order",
                    .body = "Order {order_number} over {total} is paid and waits for {store_name}.",
                    .subject = "New order {order_number} at {store_name}",
                    .mail = "{store_name} has a new order, {order_number}. It is paid: accept it to get it going.",
                    .button = "Open the order board",
                    .sms = "{shop}: new order {order_number} over {total} at {store_name}. {link}"});
    say(order_withdrawn, {.title = "Order cancelled",
                          .body = "Order {order_number} at {store_name} was cancelled: do not pack it.",
                          .subject = "Order {order_number} at {store_name} was cancelled",
                          .mail = "Order {order_number} at {store_name} was cancelled. Do not pack it; its items are "
                                  "back in stock.",
                          .button = "Open the order board",
                          .sms = "{shop}: order {order_number} at {store_name} was cancelled. {link}"});
    say(driver_at_store, {.title = "The driver is here",
                          .body = "Hand over order {order_number} at {store_name}.",
                          .subject = "The driver for order {order_number} is here",
                          .mail = "The driver has come to {store_name} for order {order_number}.",
                          .button = "Open the order board",
                          .sms = "{shop}: the driver for order {order_number} is at {store_name}. {link}"});
    say(delivery_unassignable, {.title = "No driver found",
                                .body = "Nobody took order {order_number} at {store_name}. Choose a driver yourself.",
                                .subject = "No driver for order {order_number}",
                                .mail = "No driver has taken order {order_number} at {store_name}. Choose one "
                                        "yourself, ask again, or cancel the order.",
                                .button = "Open the order board",
                                .sms = "{shop}: no driver for order {order_number} at {store_name}. {link}"});
    say(low_stock, {.title = "Almost sold out",
                    .body = "{product_name}: {quantity} left at {store_name}.",
                    .subject = "{product_name} is almost sold out",
                    .mail = "{store_name} has {quantity} of {product_name} left.",
                    .button = "Open the product",
                    .sms = "{shop}: {quantity} of {product_name} left at {store_name}. {link}"});
    say(new_review, {.title = "New review: {rating} of 5",
                     .body = "{review}",
                     .subject = "A review of order {order_number}: {rating} of 5",
                     .mail = "A customer has given order {order_number} {rating} of 5 stars.\n\n{review}",
                     .button = "See the order",
                     .sms = "{shop}: a review with {rating} of 5 stars for order {order_number}. {link}"});
    say(store_verified, {.title = "Your store is verified",
                         .body = "{store_name} is checked and open to everybody.",
                         .subject = "{store_name} is verified",
                         .mail = "{store_name} was checked and is verified. Everything you sell can be found now.",
                         .button = "Open your store",
                         .sms = "{shop}: {store_name} is verified. {link}"});
    say(delivery_offered, {.title = "A job for you",
                           .body = "{store_name}, {distance} km, {earnings}. Answer before it goes to another.",
                           .subject = "A job for you at {store_name}",
                           .mail = "There is a job for you: from {store_name}, {distance} km, {earnings}. It goes to "
                                   "another driver if you do not answer in time.",
                           .button = "See the job",
                           .sms = "{shop}: a job at {store_name}, {distance} km, {earnings}. {link}"});
    say(delivery_withdrawn, {.title = "Job cancelled",
                             .body = "Order {order_number} at {store_name} was cancelled. You are free again.",
                             .subject = "The job for order {order_number} was cancelled",
                             .mail = "Order {order_number} at {store_name} was cancelled, and your job with it. You "
                                     "are free for another.",
                             .button = "Look for jobs",
                             .sms = "{shop}: the job for order {order_number} was cancelled. {link}"});
    say(payout_completed, {.title = "Payout on its way",
                           .body = "{amount} was sent to your account.",
                           .subject = "Your payout of {amount}",
                           .mail = "{amount} was sent to your account. Your bank may take a few days to show it.",
                           .button = "See what is in it",
                           .sms = "{shop}: a payout of {amount} was sent to your account. {link}"});
    say(payout_failed, {.title = "Payout failed",
                        .body = "{amount} could not be sent. Check your account's details.",
                        .subject = "Your payout of {amount} failed",
                        .mail = "{amount} could not be sent to your account. Check its details; it is tried again, "
                                "and the money stays yours.",
                        .button = "See the payout",
                        .sms = "{shop}: a payout of {amount} failed. {link}"});
    say(kyc_verified, {.title = "You are verified",
                       .body = "Your documents were checked. You can start.",
                       .subject = "You are verified",
                       .mail = "Your documents were checked and are in order. You can start.",
                       .button = "Go on",
                       .sms = "{shop}: your documents were checked, you are verified. {link}"});
    say(kyc_rejected, {.title = "Your documents were not accepted",
                       .body = "{reason}",
                       .subject = "Your documents were not accepted",
                       .mail = "Your documents could not be accepted:\n\n{reason}\n\nPlease send them once more.",
                       .button = "Send documents",
                       .sms = "{shop}: your documents were not accepted. {link}"});
    say(verification_code, {.title = "Your code is on its way",
                            .body = "We have sent you a code. Never give it to anybody.",
                            .subject = "Your code for {shop}",
                            .mail = "Your code is {code}\n\nIt is good for {minutes} minutes and for one use. Nobody "
                                    "of {shop} will ever ask you for it. If you did not ask for a code, you need not "
                                    "do anything.",
                            .button = "Enter the code",
                            .sms = "{code} is your code for {shop}, good for {minutes} minutes. Give it to nobody."});
    say(password_changed, {.title = "Password changed",
                           .body = "Was it not you? Set a new password now.",
                           .subject = "Your password for {shop} was changed",
                           .mail = "The password of your account was changed a moment ago. If that was you, all is "
                                   "well.\n\nIf it was not you, set a new password now: that signs everybody else "
                                   "out.",
                           .button = "Set a new password",
                           .sms = "{shop}: your password was changed. Was it not you? Set a new one now. {link}"});
    return table;
}();

}  // namespace

const Wording& wording(Kind kind, Locale locale) {
    switch (locale) {
        case Locale::en:
            break;
    }
    return english[static_cast<std::size_t>(kind)];
}

}  // namespace liveshop::notify
