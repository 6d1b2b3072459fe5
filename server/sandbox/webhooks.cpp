#include "sandbox/webhooks.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "sandbox/wire.hpp"

namespace liveshop::sandbox {
namespace asio = boost::asio;

namespace {

constexpr std::array<std::chrono::seconds, 4> pauses_s{std::chrono::seconds(1), std::chrono::seconds(5),
                                                       std::chrono::seconds(25), std::chrono::seconds(90)};

}  // namespace

std::string stripe_signature(std::string_view payload, std::string_view secret, std::int64_t now_s) {
    const std::string signed_text = fmt::format("{}.{}", now_s, payload);
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac;
    unsigned size = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(signed_text.data()), signed_text.size(), mac.data(), &size);
    std::string out = fmt::format("t={},v1=", now_s);
    for (unsigned i = 0; i < size; ++i) fmt::format_to(std::back_inserter(out), "{:02x}", mac[i]);
    return out;
}

Webhooks::Webhooks(asio::io_context& io, Payments& payments, std::string url, std::string secret)
    : io_(io), payments_(payments), url_(std::move(url)), secret_(std::move(secret)), client_(io) {}

void Webhooks::send_new() {
    const std::span<const Event> events = payments_.store().all<Event>();
    for (; seen_ < events.size(); ++seen_)
        if (!url_.empty() && events[seen_].pending_webhooks > 0)
            asio::co_spawn(io_, send(events[seen_]), asio::detached);
}

void Webhooks::stop() {
    stopping_ = true;
    for (asio::steady_timer& pause : pauses_) pause.cancel();
}

http::awaitable<void> Webhooks::send(Event event) {
    const std::string payload = json::serialize(to_wire(event));
    const auto pause = pauses_.emplace(pauses_.end(), io_);
    for (std::size_t attempt = 0; !stopping_; ++attempt) {
        http::Call call{.method = "POST",
                        .url = url_,
                        .headers = {{"Content-Type", "application/json; charset=utf-8"},
                                    {"Stripe-Signature", stripe_signature(payload, secret_, payments_.now())}},
                        .body = payload};
        const auto answer = co_await client_.call(std::move(call));
        if (answer && answer->status / 100 == 2) {
            event.pending_webhooks = 0;
            payments_.store().save(event);
            payments_.store().commit();
            break;
        }
        if (attempt == pauses_s.size()) {
            spdlog::warn("event {} ({}) was not taken by {}", event.id, event.type, url_);
            break;
        }
        boost::system::error_code ignored;
        pause->expires_after(pauses_s[attempt]);
        co_await pause->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    pauses_.erase(pause);
}

}  // namespace liveshop::sandbox
