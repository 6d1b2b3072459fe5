#pragma once
// What accompanies a delivery and what follows it: proof, messages, ratings.
#include "modules/delivery/requests.hpp"

namespace liveshop::delivery {

/// PUT /deliveries/{delivery_id}/proof/photo
struct ProofState {
    bool has_photo = false;
    bool has_signature = false;
    bool code_given = false;
};
BOOST_DESCRIBE_STRUCT(ProofState, (), (has_photo, has_signature, code_given))

/// GET /deliveries/{delivery_id}/proof, for those whom the delivery concerns
struct Proof {
    bool has_photo = false;                ///< at …/proof/photo
    std::optional<std::string> signature;  ///< path data of SVG, in a box of 600 by 200
    bool code_given = false;
    std::optional<std::string> note;
    std::optional<std::string> failure_note;
};
BOOST_DESCRIBE_STRUCT(Proof, (), (has_photo, signature, code_given, note, failure_note))

enum class MessageSender { customer, driver };
BOOST_DESCRIBE_ENUM(MessageSender, customer, driver)

/// delivery:message, and what GET /deliveries/{delivery_id}/messages lists
struct DeliveryMessage {
    DeliveryMessageId id;
    DeliveryId delivery_id;
    MessageSender sender = MessageSender::customer;
    std::string content;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(DeliveryMessage, (), (id, delivery_id, sender, content, created_at))

struct DeliveryMessageList {
    std::vector<DeliveryMessage> messages;  ///< the oldest first
};
BOOST_DESCRIBE_STRUCT(DeliveryMessageList, (), (messages))

struct SendDeliveryMessage {  // POST /deliveries/{delivery_id}/messages
    DeliveryId delivery_id;
    Text<1, 500> content;
};
BOOST_DESCRIBE_STRUCT(SendDeliveryMessage, (), (delivery_id, content))

using Stars = Int<1, 5>;

struct RateDelivery {  // POST /deliveries/{delivery_id}/rating
    DeliveryId delivery_id;
    Stars rating;  ///< of the driver
    std::optional<Text<1, 1'000>> review;
    std::optional<Stars> store_rating;
    std::optional<Text<1, 1'000>> store_review;
};
BOOST_DESCRIBE_STRUCT(RateDelivery, (), (delivery_id, rating, review, store_rating, store_review))

struct DeliveryRating {
    DeliveryId delivery_id;
    std::int64_t rating = 0;
    std::optional<std::string> review;
    std::optional<std::int64_t> store_rating;
    std::optional<std::string> store_review;
    Timestamp rated_at;
};
BOOST_DESCRIBE_STRUCT(DeliveryRating, (), (delivery_id, rating, review, store_rating, store_review, rated_at))

struct StoreReview {
    std::int64_t rating = 0;
    std::optional<std::string> review;
    std::string reviewer_name;  ///< the first name
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(StoreReview, (), (rating, review, reviewer_name, created_at))

struct StoreReviewList {           // GET /stores/{store_id}/reviews
    std::optional<double> rating;  ///< the mean of all, to one decimal; none before the first
    std::int64_t review_count = 0;
    std::vector<StoreReview> reviews;  ///< the newest hundred
};
BOOST_DESCRIBE_STRUCT(StoreReviewList, (), (rating, review_count, reviews))

}  // namespace liveshop::delivery
