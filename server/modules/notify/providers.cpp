#include "modules/notify/providers.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <boost/json.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include "modules/notify/jwt.hpp"

namespace liveshop::notify {
namespace {
namespace json = boost::json;

constexpr std::int64_t hour_us = 3'600LL * 1'000'000;

std::string form_of(const std::vector<std::pair<std::string, std::string>>& fields) {
    std::string out;
    for (const auto& [name, value] : fields)
        out += fmt::format("{}{}={}", out.empty() ? "" : "&", name,
                           boost::urls::encode(value, boost::urls::unreserved_chars));
    return out;
}

std::string base64(std::string_view bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int length =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(length));
    return out;
}

json::object object_in(const std::string& body) {
    boost::system::error_code error;
    json::value value = json::parse(body, error);
    return error || !value.is_object() ? json::object() : std::move(value.get_object());
}

std::string text_in(const json::object& object, std::string_view name) {
    const json::value* const value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : "";
}

// E.164: a plus and 8 to 15 digits.
bool is_phone(std::string_view text) {
    if (text.size() < 9 || text.size() > 16 || text[0] != '+') return false;
    return text.find_first_not_of("0123456789", 1) == text.npos;
}

bool is_passing(int status) { return status == 429 || status >= 500 || status == 401 || status == 403; }

}  // namespace

http::awaitable<Outcome> Sms::send(std::string to, std::string text) {
    if (!is_phone(to)) co_return Outcome::refused("the number is not written +491701234567");
    const bool is_service = settings_.from.starts_with("MG");
    http::Call call{
        .method = "POST",
        .url = fmt::format("{}/2010-04-01/Accounts/{}/Messages.json", settings_.api_url, settings_.account_sid),
        .headers = {{"Authorization", "Basic " + base64(settings_.account_sid + ":" + settings_.auth_token)},
                    {"Content-Type", "application/x-www-form-urlencoded"}},
        .body = form_of(
            {{"To", to}, {is_service ? "MessagingServiceSid" : "From", settings_.from}, {"Body", std::move(text)}})};
    const auto answer = co_await client_.call(std::move(call));
    if (!answer) co_return Outcome::later(fmt::format("Twilio: {}", name_of(answer.error().code)));
    const json::object body = object_in(answer->body);
    if (answer->status == 201 || answer->status == 200) co_return Outcome::sent(text_in(body, "sid"));
    const json::value* const code = body.if_contains("code");  // its sentence may name the number
    const std::string detail =
        fmt::format("Twilio: {} {}", answer->status, code && code->is_int64() ? code->get_int64() : 0);
    co_return is_passing(answer->status) ? Outcome::later(detail) : Outcome::refused(detail);
}

http::awaitable<std::optional<std::string>> Fcm::access_token() {
    const Timestamp now = Timestamp::now();
    if (now < renew_at_) co_return token_;
    const JwtClaims claims{{{"iss", settings_.client_email},
                            {"scope", "https://www.googleapis.com/auth/firebase.messaging"},
                            {"aud", settings_.token_url}},
                           now,
                           Timestamp{now.us + hour_us}};
    http::Call call{.method = "POST",
                    .url = settings_.token_url,
                    .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                    .body = form_of({{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"},
                                     {"assertion", sign_jwt(JwtAlgorithm::rs256, claims, settings_.private_key)}})};
    const auto answer = co_await client_.call(std::move(call));
    if (!answer || answer->status != 200) co_return std::nullopt;
    token_ = text_in(object_in(answer->body), "access_token");
    if (token_.empty()) co_return std::nullopt;
    renew_at_ = Timestamp{now.us + hour_us / 2};
    co_return token_;
}

http::awaitable<Outcome> Fcm::send(std::string device_token, PushText text) {
    const std::optional<std::string> token = co_await access_token();
    if (!token) co_return Outcome::later("FCM: no access token");
    const json::object message{
        {"token", device_token},
        {"notification", {{"title", text.title}, {"body", text.body}}},
        {"data", {{"url", text.url}, {"type", text.type}, {"notification_id", text.notification_id}}},
        {"android",
         {{"collapse_key", text.tag},
          {"ttl", fmt::format("{}s", text.ttl_s)},
          {"priority", text.is_urgent ? "HIGH" : "NORMAL"},
          {"notification", {{"tag", text.tag}}}}},
        {"apns", {{"headers", {{"apns-collapse-id", text.tag.substr(0, 64)}}}}}};
    http::Call call{.method = "POST",
                    .url = fmt::format("{}/v1/projects/{}/messages:send", settings_.api_url, settings_.project_id),
                    .headers = {{"Authorization", "Bearer " + *token}, {"Content-Type", "application/json"}},
                    .body = json::serialize(json::object{{"message", message}})};
    const auto answer = co_await client_.call(std::move(call));
    if (!answer) co_return Outcome::later(fmt::format("FCM: {}", name_of(answer.error().code)));
    if (answer->status == 200) co_return Outcome::sent(text_in(object_in(answer->body), "name"));
    const std::string detail = fmt::format("FCM: {}", answer->status);
    if (answer->status == 404) co_return Outcome::gone(detail);  // UNREGISTERED
    if (answer->status == 401) renew_at_ = {};
    co_return is_passing(answer->status) ? Outcome::later(detail) : Outcome::refused(detail);
}

}  // namespace liveshop::notify
