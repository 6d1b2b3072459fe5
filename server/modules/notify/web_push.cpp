#include "modules/notify/web_push.hpp"

#include <fmt/format.h>
#include <openssl/sha.h>

#include <boost/json.hpp>
#include <boost/url/parse.hpp>
#include <stdexcept>

#include "modules/notify/base64url.hpp"
#include "modules/notify/jwt.hpp"

namespace liveshop::notify {
namespace {

constexpr std::int64_t token_life_us = 12LL * 3'600 * 1'000'000;  // RFC 8292, 2: 24 hours at most

// At most 32 characters of base64url (RFC 8030, 5.4).
std::string topic_of(std::string_view tag) {
    std::string digest(SHA256_DIGEST_LENGTH, '\0');
    SHA256(reinterpret_cast<const unsigned char*>(tag.data()), tag.size(),
           reinterpret_cast<unsigned char*>(digest.data()));
    return base64url(digest.substr(0, 24));
}

EcKey key_of(std::string_view private_key) {
    const std::optional<std::string> bytes = decode_base64url(private_key);
    std::optional<EcKey> key = bytes ? EcKey::from_private(*bytes) : std::nullopt;
    if (!key) throw std::invalid_argument("vapid_private_key must be 32 bytes in base64url: openssl rand -base64 32");
    return std::move(*key);
}

std::string json_of(const PushText& text) {
    return boost::json::serialize(boost::json::object{{"title", text.title},
                                                      {"body", text.body},
                                                      {"tag", text.tag},
                                                      {"type", text.type},
                                                      {"notification_id", text.notification_id},
                                                      {"data", boost::json::object{{"url", text.url}}}});
}

Outcome outcome_of(int status, const http::Answer& answer) {
    const std::string detail = fmt::format("push service: {}", status);
    if (status >= 200 && status < 300) return Outcome::sent(std::string(answer.header("location")));
    if (status == 404 || status == 410) return Outcome::gone(detail);
    return status == 429 || status >= 500 ? Outcome::later(detail) : Outcome::refused(detail);
}

}  // namespace

std::optional<std::string> PushServices::origin_of(std::string_view endpoint) const {
    const auto url = boost::urls::parse_uri(endpoint);
    if (!url || url->has_userinfo() || url->host().empty()) return std::nullopt;
    const std::string host(url->host());
    const std::string origin = fmt::format("{}://{}{}", std::string_view(url->scheme()), host,
                                           url->has_port() ? ":" + std::string(url->port()) : "");
    for (const std::string& allowed : allowed_) {
        if (allowed == origin) return origin;
        if (url->scheme() != "https" || url->has_port()) continue;
        const bool below = allowed.starts_with("*.") && host.size() > allowed.size() - 1 &&
                           host.ends_with(std::string_view(allowed).substr(1));
        if (below || allowed == host) return origin;
    }
    return std::nullopt;
}

WebPush::WebPush(http::Client& client, std::string_view private_key, std::string subject, PushServices services)
    : client_(client), subject_(std::move(subject)), services_(std::move(services)) {
    const EcKey key = key_of(private_key);
    key_pem_ = key.pem();
    public_key_ = base64url(key.point());
}

std::string WebPush::authorization(const std::string& origin, Timestamp now) {
    Token& token = tokens_[origin];
    if (token.renew_at <= now) {
        token.text = sign_jwt(JwtAlgorithm::es256,
                              {{{"aud", origin}, {"sub", subject_}}, now, Timestamp{now.us + token_life_us}}, key_pem_);
        token.renew_at = Timestamp{now.us + token_life_us / 2};
    }
    return fmt::format("vapid t={}, k={}", token.text, public_key_);
}

http::awaitable<Outcome> WebPush::send(std::string endpoint, PushKeys keys, PushText text) {
    const std::optional<std::string> origin = services_.origin_of(endpoint);
    if (!origin) co_return Outcome::refused("the push service is not one of web_push_services");
    http::Call call{.method = "POST",
                    .url = std::move(endpoint),
                    .headers = {{"Authorization", authorization(*origin, Timestamp::now())},
                                {"Content-Encoding", "aes128gcm"},
                                {"Content-Type", "application/octet-stream"},
                                {"TTL", std::to_string(text.ttl_s)},
                                {"Topic", topic_of(text.tag)},
                                {"Urgency", text.is_urgent ? "high" : "normal"}},
                    .body = encrypt_push(keys, json_of(text))};
    const auto answer = co_await client_.call(std::move(call));
    if (!answer) co_return Outcome::later(fmt::format("push service: {}", name_of(answer.error().code)));
    co_return outcome_of(answer->status, *answer);
}

}  // namespace liveshop::notify
