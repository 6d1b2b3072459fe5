// What customers, stores and drivers are told of deliveries.
#include <fmt/format.h>

#include "modules/catalog/api.hpp"
#include "modules/delivery/api.hpp"
#include "modules/notify/subscribers.hpp"
#include "modules/notify/tell.hpp"

namespace liveshop::notify {
namespace {

using delivery::DeliveryFact;
using delivery::DeliveryRecord;
using delivery::DeliveryStatus;

const std::string job_page = "/driver";

std::string order_page_of(const DeliveryRecord& of) { return "/orders/" + of.order_id.to_string(); }
std::string store_page_of(const DeliveryRecord&) { return "/store/deliveries"; }

// `moment` parts what may happen to one delivery more than once.
News news_of(const DeliveryRecord& of, Kind kind, std::string url, std::string_view moment = "") {
    Words words;
    words.words = {{"order_number", of.order_number},
                   {"store_name", of.store_name},
                   {"distance", fmt::format("{:.1f}", of.distance_km)},
                   {"earnings", money_text(of.driver_earnings_minor, of.currency)}};
    return {.kind = kind,
            .key = fmt::format("{}:{}:{}", name_of(kind), of.id.to_string(), moment),
            .tag = "order:" + of.order_id.to_string(),
            .url = std::move(url),
            .words = std::move(words)};
}

awaitable<void> tell_store(Ctx& ctx, DeliveryRecord of, Kind kind, std::string moment) {
    std::vector<UserId> people = co_await catalog::list_store_people(ctx, of.store_id);
    co_await tell(ctx, std::move(people), news_of(of, kind, store_page_of(of), moment));
}

awaitable<void> tell_customer(Ctx& ctx, DeliveryRecord of, Kind kind, std::string moment) {
    co_await tell(ctx, {of.customer_id}, news_of(of, kind, order_page_of(of), moment));
}

// A job may have gone on since: people are told where it stands. A driver who gives it back makes room for another,
// who is news again.
awaitable<void> on_moved(Ctx& ctx, DeliveryFact in) {
    const DeliveryRecord of = co_await delivery::get_delivery(ctx, in.delivery_id);
    const std::string driver = of.driver_id ? of.driver_id->to_string() : "";
    switch (of.status) {
        case DeliveryStatus::accepted:
            co_await tell_customer(ctx, of, Kind::driver_assigned, driver);
            break;
        case DeliveryStatus::at_pickup:
            co_await tell_store(ctx, of, Kind::driver_at_store, driver);
            break;
        case DeliveryStatus::at_dropoff:
            co_await tell_customer(ctx, of, Kind::driver_at_door, "");
            break;
        case DeliveryStatus::failed:
            co_await tell_customer(ctx, of, Kind::delivery_failed, "customer");
            co_await tell_store(ctx, of, Kind::delivery_failed, "store");
            break;
        case DeliveryStatus::cancelled:
            if (of.driver_id) co_await tell(ctx, {*of.driver_id}, news_of(of, Kind::delivery_withdrawn, job_page));
            break;
        default:
            break;
    }
}

// Each time nobody is left to ask: the time since when parts them.
awaitable<void> on_unassignable(Ctx& ctx, DeliveryFact in) {
    const DeliveryRecord of = co_await delivery::get_delivery(ctx, in.delivery_id);
    if (of.status != DeliveryStatus::pending || !of.unassignable_at) co_return;
    co_await tell_store(ctx, of, Kind::delivery_unassignable, of.unassignable_at->to_string());
}

awaitable<void> on_offered(Ctx& ctx, delivery::OfferFact in) {
    const delivery::OfferTo offer = co_await delivery::get_offer(ctx, in.offer_id);
    if (!offer.is_open) co_return;
    const DeliveryRecord of = co_await delivery::get_delivery(ctx, offer.delivery_id);
    co_await tell(ctx, {offer.driver_id}, news_of(of, Kind::delivery_offered, job_page, in.offer_id.to_string()));
}

awaitable<void> on_message(Ctx& ctx, delivery::MessageFact in) {
    const std::optional<delivery::MessageTo> message = co_await delivery::find_message(ctx, in.message_id);
    if (!message) co_return;
    const DeliveryRecord of = co_await delivery::get_delivery(ctx, message->delivery_id);
    News news = news_of(of, Kind::delivery_message, message->is_from_driver ? order_page_of(of) : job_page,
                        in.message_id.to_string());
    news.words.words.push_back({"sender", message->is_from_driver ? "Your driver" : "Your customer"});
    news.words.words.push_back({"message", message->content});
    co_await tell(ctx, {message->recipient_id}, std::move(news));
}

News review_of(const DeliveryRecord& of, std::int64_t rating, std::string review, std::string url,
               std::string_view whose) {
    News news = news_of(of, Kind::new_review, std::move(url), whose);
    news.words.words.push_back({"rating", std::to_string(rating)});
    news.words.words.push_back({"review", review.empty() ? "Without words." : std::move(review)});
    return news;
}

awaitable<void> on_rated(Ctx& ctx, DeliveryFact in) {
    const DeliveryRecord of = co_await delivery::get_delivery(ctx, in.delivery_id);
    const std::optional<delivery::Verdicts> said = co_await delivery::find_verdicts(ctx, in.delivery_id);
    if (!said) co_return;
    if (of.driver_id)
        co_await tell(ctx, {*of.driver_id}, review_of(of, said->rating, said->review, job_page, "driver"));
    if (!said->store_rating) co_return;
    std::vector<UserId> people = co_await catalog::list_store_people(ctx, of.store_id);
    co_await tell(ctx, std::move(people),
                  review_of(of, *said->store_rating, said->store_review, "/store/reviews", "store"));
}

}  // namespace

jobs::Table delivery_rows() {
    return {
        jobs::subscriber<on_moved>("notify.delivery_moved", "delivery.moved"),
        jobs::subscriber<on_unassignable>("notify.delivery_unassignable", "delivery.unassignable"),
        jobs::subscriber<on_offered>("notify.delivery_offered", "delivery.offered"),
        jobs::subscriber<on_message>("notify.delivery_message", "delivery.message_sent"),
        jobs::subscriber<on_rated>("notify.delivery_rated", "delivery.rated"),
    };
}

}  // namespace liveshop::notify
