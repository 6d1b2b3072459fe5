#include "sandbox/api.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <map>

#include "platform/shape/decode.hpp"
#include "sandbox/refusal.hpp"

namespace liveshop::sandbox {
namespace {

constexpr std::int64_t keep_s = 24 * 3600;  // how long Stripe remembers an Idempotency-Key at least
constexpr std::size_t idempotency_key_max = 255;

struct FaultOrder {
    std::string next;
    std::optional<std::int64_t> count;
};
BOOST_DESCRIBE_STRUCT(FaultOrder, (), (next, count))

bool same_key(std::string_view given, std::string_view expected) {
    return !expected.empty() && given.size() == expected.size() &&
           CRYPTO_memcmp(given.data(), expected.data(), given.size()) == 0;
}

std::string base64_decode(std::string_view text) {
    std::string out(text.size(), '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    out.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return out;
}

// Bearer, or the user name of Basic, as `curl -u sk_test_…:` sends it.
std::string key_of(const http::Request& request) {
    std::string_view header = request.header("authorization");
    if (header.starts_with("Bearer ")) return std::string(header.substr(7));
    if (!header.starts_with("Basic ")) return {};
    const std::string decoded = base64_decode(header.substr(6));
    return decoded.substr(0, decoded.find(':'));
}

std::string redacted(std::string_view key) {
    if (key.size() < 12) return "****";
    return fmt::format("{}****{}", key.substr(0, 8), key.substr(key.size() - 4));
}

std::string digest(std::string_view text) {
    std::array<unsigned char, 32> bytes;
    EVP_Digest(text.data(), text.size(), bytes.data(), nullptr, EVP_sha256(), nullptr);
    std::string hex;
    for (const unsigned char byte : bytes) fmt::format_to(std::back_inserter(hex), "{:02x}", byte);
    return hex;
}

Refusal reused_key(std::string_view key, std::string_view first_path, std::string_view path) {
    Refusal refusal{.type = "idempotency_error"};
    const std::string advice =
        fmt::format("Try using a key other than '{}' if you meant to execute a different request.", key);
    refusal.message = first_path == path
                          ? "Keys for idempotent requests can only be used with the same parameters they were first "
                            "used with. " +
                                advice
                          : fmt::format(
                                "Keys for idempotent requests can only be used for the same endpoint they were "
                                "first used for ('{}' vs '{}'). {}",
                                path, first_path, advice);
    return refusal;
}

}  // namespace

Api::Api(Payments& payments, std::string secret_key, std::string publishable_key)
    : payments_(payments), secret_key_(std::move(secret_key)), publishable_key_(std::move(publishable_key)) {}

Key Api::authenticate(const http::Request& request) const {
    const std::string key = key_of(request);
    if (same_key(key, secret_key_)) return Key::secret;
    if (same_key(key, publishable_key_)) return Key::publishable;
    if (key.empty())
        throw Refusal{.status = 401,
                      .message =
                          "You did not provide an API key. You need to provide your API key in the Authorization "
                          "header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."};
    throw Refusal{.status = 401, .message = fmt::format("Invalid API Key provided: {}", redacted(key))};
}

Fault Api::next_fault() {
    if (faults_left_ == 0) return Fault::none;
    --faults_left_;
    return fault_;
}

Api::Reply Api::answer(const http::Request& request) {
    payments_.request_id = make_id("req_");
    Reply reply;
    Outcome outcome;
    Fault fault = Fault::none;
    try {
        const Key key = authenticate(request);
        if (key == Key::secret) fault = next_fault();
        if (fault == Fault::rate_limit)
            throw Refusal{.status = 429, .code = "rate_limit", .message = "Too many requests: slow down."};
        outcome = carry_out(request);
    } catch (const Refusal& refusal) {
        outcome = {.status = refusal.status, .body = json::serialize(refusal.to_json(payments_.request_id))};
    }
    payments_.store().commit();
    if (fault == Fault::server_error) {
        const Refusal lost{.status = 500, .type = "api_error", .message = "Something went wrong on Stripe's end."};
        outcome = {.status = 500, .body = json::serialize(lost.to_json(payments_.request_id))};
    }
    reply.withheld = fault == Fault::timeout;
    reply.response = {.status = outcome.status, .body = std::move(outcome.body), .headers = {}};
    std::vector<http::Header>& headers = reply.response.headers;
    headers.push_back({"Request-Id", payments_.request_id});
    if (outcome.status == 401) headers.push_back({"WWW-Authenticate", "Basic realm=\"Stripe\""});
    if (const std::string_view version = request.header("stripe-version"); !version.empty())
        headers.push_back({"Stripe-Version", std::string(version)});
    if (const std::string_view key = request.header("idempotency-key"); !key.empty())
        headers.push_back({"Idempotency-Key", std::string(key)});
    if (outcome.replayed) {
        headers.push_back({"Idempotent-Replayed", "true"});
        headers.push_back({"Original-Request", outcome.original_request});
    }
    return reply;
}

Api::Outcome Api::carry_out(const http::Request& request) {
    for (const Endpoint& endpoint : endpoints()) {
        if (endpoint.method != request.method) continue;
        std::optional<std::string> id = match(endpoint.path, request.path);
        if (!id) continue;
        const Form form = Form::parse(request.method == "GET" ? request.query : request.body);
        const Asked asked{.key = authenticate(request), .id = std::move(*id), .form = form};
        if (asked.key == Key::publishable && !endpoint.takes_publishable_key)
            throw Refusal{.status = 401,
                          .code = "secret_key_required",
                          .message =
                              "This API call cannot be made with a publishable API key. Please use a secret API "
                              "key."};
        if (request.method == "POST" && !request.header("idempotency-key").empty())
            return carry_out_once(endpoint, asked, request);
        return call(endpoint, asked);
    }
    throw Refusal{
        .status = 404,
        .message = fmt::format("Unrecognized request URL ({}: {}), or one that the sandbox does not simulate.",
                               request.method, request.path)};
}

Api::Outcome Api::carry_out_once(const Endpoint& endpoint, const Asked& asked, const http::Request& request) {
    const std::string key(request.header("idempotency-key"));
    if (key.size() > idempotency_key_max)
        throw Refusal{.message = "An Idempotency-Key has at most 255 characters.", .param = "Idempotency-Key"};
    const std::string parameters = digest(asked.form.canonical());
    const KeptAnswer* kept = payments_.store().find<KeptAnswer>(key);
    if (kept && kept->created + keep_s > payments_.now()) {
        if (kept->endpoint != request.path || kept->parameters != parameters)
            throw reused_key(key, kept->endpoint, request.path);
        return {.status = static_cast<int>(kept->status),
                .body = kept->body,
                .replayed = true,
                .original_request = kept->request};
    }
    Outcome outcome;
    try {
        outcome = call(endpoint, asked);
    } catch (const Refusal& refusal) {
        if (!refusal.carried_out()) throw;
        outcome = {.status = refusal.status, .body = json::serialize(refusal.to_json(payments_.request_id))};
    }
    payments_.store().save(KeptAnswer{.id = key,
                                      .endpoint = std::string(request.path),
                                      .parameters = parameters,
                                      .request = payments_.request_id,
                                      .created = payments_.now(),
                                      .status = outcome.status,
                                      .body = outcome.body});
    return outcome;
}

Api::Outcome Api::call(const Endpoint& endpoint, const Asked& asked) {
    asked.form.admit_only(endpoint.parameters);
    check_expand(asked.form);
    json::object answer = endpoint.handle(payments_, asked);
    expand(answer, asked.form, payments_);
    return {.status = 200, .body = json::serialize(answer)};
}

http::Response Api::order_fault(const http::Request& request) {
    try {
        if (authenticate(request) != Key::secret)
            throw Refusal{.status = 401, .message = "The secret key orders faults."};
        boost::system::error_code error;
        const json::value body = json::parse(request.body, error);
        if (error) throw Refusal{.message = "The body must be JSON."};
        const auto order = decode<FaultOrder>(body);
        const std::int64_t count = order.count.value_or(1);
        const std::map<std::string_view, Fault> names{{"timeout", Fault::timeout},
                                                      {"500", Fault::server_error},
                                                      {"429", Fault::rate_limit},
                                                      {"processing", Fault::delay}};
        const auto named = names.find(order.next);
        if (named == names.end() || count < 0 || count > 1000)
            throw Refusal{.message = "`next` is one of timeout, 500, 429, processing; `count` is 0 to 1000."};
        if (named->second == Fault::delay) {
            payments_.delay_next = count;
        } else {
            fault_ = named->second;
            faults_left_ = count;
        }
        return {.status = 204, .body = {}, .headers = {}};
    } catch (const Refusal& refusal) {
        return {.status = refusal.status, .body = json::serialize(refusal.to_json("")), .headers = {}};
    } catch (const Invalid& invalid) {
        const Refusal refusal{.message = invalid.errors.front().pointer + " " + invalid.errors.front().reason};
        return {.status = 400, .body = json::serialize(refusal.to_json("")), .headers = {}};
    }
}

}  // namespace liveshop::sandbox
