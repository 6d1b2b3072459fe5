#include "sandbox/inbox_door.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "platform/cursor.hpp"
#include "platform/shape/encode.hpp"
#include "sandbox/endpoints.hpp"
#include "sandbox/pages.hpp"

namespace liveshop::sandbox {
namespace {

constexpr std::size_t sms_bytes_max = 1'600;   // Twilio's limit of a message
constexpr std::size_t push_bytes_max = 4'096;  // RFC 8291, 4
constexpr std::size_t push_bytes_min = 86 + 17;
constexpr std::size_t fcm_tokens_max = 10;
constexpr int token_life_s = 3'599;

struct InboxList {  // GET /inbox.json
    std::vector<InboxMessage> messages;
};
BOOST_DESCRIBE_STRUCT(InboxList, (), (messages))

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string text_in(const Fields& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
    return found == fields.end() ? "" : found->second;
}

std::string text_at(const json::value& value, std::string_view pointer) {
    boost::system::error_code error;
    const json::value* const found = value.find_pointer(pointer, error);
    return found && found->is_string() ? std::string(found->get_string()) : "";
}

std::string base64(std::string_view bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

// E.164: a plus and 8 to 15 digits.
bool is_phone(std::string_view text) {
    return text.size() >= 9 && text.size() <= 16 && text[0] == '+' &&
           text.find_first_not_of("0123456789", 1) == text.npos;
}

http::Response json_response(int status, const json::object& body) {
    return {.status = status, .body = json::serialize(body), .headers = {}};
}

http::Response twilio_refusal(int status, int code, std::string_view sentence) {
    return json_response(status, {{"code", code},
                                  {"message", sentence},
                                  {"more_info", fmt::format("https://www.twilio.com/docs/errors/{}", code)},
                                  {"status", status}});
}

http::Response google_refusal(int code, std::string_view status, std::string_view sentence, json::array details = {}) {
    json::object error{{"code", code}, {"message", sentence}, {"status", status}};
    if (!details.empty()) error["details"] = std::move(details);
    return json_response(code, {{"error", std::move(error)}});
}

http::Response plain(int status, std::string_view sentence) {
    return {.status = status, .content_type = "text/plain", .body = std::string(sentence), .headers = {}};
}

// "vapid t=<JWT>, k=<65 bytes>" (RFC 8292, 3).
bool is_vapid(std::string_view header) {
    if (!header.starts_with("vapid t=")) return false;
    const std::size_t comma = header.find(',');
    const std::size_t key = header.find("k=", std::min(comma, header.size()));
    if (comma == header.npos || key == header.npos) return false;
    const std::string_view token = header.substr(8, comma - 8);
    const std::optional<std::string> point = from_base64url(header.substr(key + 2));
    return std::ranges::count(token, '.') == 2 && point && point->size() == 65;
}

bool is_number(std::string_view text) {
    std::uint32_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size();
}

}  // namespace

InboxDoor::InboxDoor(Inbox& inbox, std::string account_sid, std::string auth_token)
    : inbox_(inbox), account_sid_(std::move(account_sid)) {
    if (!account_sid_.empty()) authorization_ = "Basic " + base64(account_sid_ + ":" + auth_token);
}

std::optional<http::Response> InboxDoor::answer(const http::Request& request) {
    const std::string_view path = request.path;
    const bool is_get = request.method == "GET" || request.method == "HEAD";
    if (is_get && path == "/inbox.json") return list(request);
    if (is_get && path == "/inbox") return inbox_page(inbox_, Form::parse(request.query).text("to").value_or(""));
    if (request.method != "POST") return std::nullopt;
    if (path == "/token") return give_token(request);
    if (path.starts_with("/push/")) return take_push(request);
    if (const auto sid = match("/2010-04-01/Accounts/:id/Messages.json", path)) return take_sms(request, *sid);
    constexpr std::string_view head = "/v1/projects/", tail = "/messages:send";
    if (path.starts_with(head) && path.ends_with(tail) && path.size() > head.size() + tail.size())
        return take_fcm(request, path.substr(head.size(), path.size() - head.size() - tail.size()));
    return std::nullopt;
}

http::Response InboxDoor::take_sms(const http::Request& request, std::string_view account_sid) {
    const bool is_known = authorization_.empty() ? request.header("authorization").starts_with("Basic ")
                                                 : request.header("authorization") == authorization_;
    if (!is_known || (!account_sid_.empty() && account_sid != account_sid_))
        return twilio_refusal(401, 20003, "Authenticate");
    const auto fields = http::parse_form(request.body);
    if (!fields) return twilio_refusal(400, 20001, "The form cannot be read");
    const std::string to = text_in(*fields, "To"), text = text_in(*fields, "Body");
    std::string from = text_in(*fields, "From");
    if (from.empty()) from = text_in(*fields, "MessagingServiceSid");
    if (to.empty()) return twilio_refusal(400, 21604, "A 'To' phone number is required.");
    if (from.empty()) return twilio_refusal(400, 21603, "A 'From' phone number is required.");
    if (text.empty()) return twilio_refusal(400, 21602, "Message body is required.");
    if (text.size() > sms_bytes_max) return twilio_refusal(400, 21617, "The message is over 1600 characters.");
    // +15005550001 is the number that Twilio's own test credentials refuse.
    if (!is_phone(to) || to == "+15005550001") return twilio_refusal(400, 21211, "Invalid 'To' Phone Number");
    const std::string sid = make_id("SM");
    inbox_.keep(
        {.medium = Medium::sms, .to = to, .from = from, .subject = {}, .text = text, .html = {}, .headers = {}});
    return json_response(201, {{"sid", sid},
                               {"account_sid", account_sid},
                               {"status", "queued"},
                               {"to", to},
                               {"from", from},
                               {"body", text},
                               {"error_code", nullptr},
                               {"error_message", nullptr},
                               {"uri", fmt::format("/2010-04-01/Accounts/{}/Messages/{}.json", account_sid, sid)}});
}

http::Response InboxDoor::give_token(const http::Request& request) {
    const auto fields = http::parse_form(request.body);
    if (!fields || text_in(*fields, "grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer")
        return json_response(400, {{"error", "unsupported_grant_type"}});
    const std::string assertion = text_in(*fields, "assertion");
    if (std::ranges::count(assertion, '.') != 2)
        return json_response(400, {{"error", "invalid_grant"}, {"error_description", "Invalid JWT"}});
    fcm_tokens_.push_back(make_id("ya29.sandbox_"));
    if (fcm_tokens_.size() > fcm_tokens_max) fcm_tokens_.erase(fcm_tokens_.begin());
    return json_response(
        200, {{"access_token", fcm_tokens_.back()}, {"expires_in", token_life_s}, {"token_type", "Bearer"}});
}

http::Response InboxDoor::take_fcm(const http::Request& request, std::string_view project_id) {
    std::string_view token = request.header("authorization");
    token.remove_prefix(std::min(std::string_view("Bearer ").size(), token.size()));
    if (std::ranges::find(fcm_tokens_, token) == fcm_tokens_.end())
        return google_refusal(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
    boost::system::error_code error;
    const json::value body = json::parse(request.body, error);
    const std::string to = error ? "" : text_at(body, "/message/token");
    if (to.empty()) return google_refusal(400, "INVALID_ARGUMENT", "The message has no token.");
    if (to.starts_with("unregistered"))
        return google_refusal(404, "NOT_FOUND", "Requested entity was not found.",
                              {json::object{{"errorCode", "UNREGISTERED"}}});
    InboxMessage message{.medium = Medium::fcm,
                         .to = to,
                         .from = std::string(project_id),
                         .subject = text_at(body, "/message/notification/title"),
                         .text = text_at(body, "/message/notification/body"),
                         .html = {},
                         .headers = {}};
    if (const json::value* const data = body.find_pointer("/message/data", error); data && data->is_object())
        for (const auto& [name, value] : data->get_object())
            if (value.is_string()) message.headers.push_back({std::string(name), std::string(value.get_string())});
    inbox_.keep(std::move(message));
    return json_response(200, {{"name", fmt::format("projects/{}/messages/{}", project_id, make_id("0:"))}});
}

http::Response InboxDoor::take_push(const http::Request& request) {
    if (!is_vapid(request.header("authorization"))) return plain(401, "Authorization must be vapid t=..., k=...");
    if (!is_number(request.header("ttl"))) return plain(400, "TTL must be a number of seconds");
    if (request.header("content-encoding") != "aes128gcm") return plain(415, "Content-Encoding must be aes128gcm");
    if (request.body.size() > push_bytes_max) return plain(413, "A push message has at most 4096 bytes");
    if (request.body.size() < push_bytes_min) return plain(400, "This is no encrypted message");
    if (request.path.starts_with("/push/gone")) return plain(410, "This subscription has ended");
    InboxMessage message{.medium = Medium::web_push,
                         .to = std::string(request.path),
                         .from = {},
                         .subject = {},
                         .text = to_base64url(request.body),
                         .html = {},
                         .headers = {}};
    for (const std::string_view name : {"TTL", "Topic", "Urgency", "Content-Encoding", "Authorization"})
        message.headers.push_back({std::string(name), std::string(request.header(name))});
    inbox_.keep(std::move(message));
    return {.status = 201, .body = {}, .headers = {{"Location", "/push-message/" + make_id("m_")}}};
}

http::Response InboxDoor::list(const http::Request& request) const {
    const Form query = Form::parse(request.query);
    InboxList all;
    for (const InboxMessage* message : inbox_.find(query.text("to").value_or(""), query.integer("after").value_or(0)))
        all.messages.push_back(*message);
    return {.status = 200, .body = to_json(all), .headers = {{"Cache-Control", "no-store"}}};
}

}  // namespace liveshop::sandbox
