#include "platform/api/api.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/api/client_address.hpp"
#include "platform/api/refusal.hpp"
#include "platform/db/retry_delay.hpp"
#include "platform/http/server.hpp"
#include "platform/log.hpp"
#include "platform/pictures/pictures.hpp"
#include "platform/realtime/admission.hpp"
#include "platform/time_limit.hpp"

namespace liveshop {
namespace {

constexpr int attempts_max = 3;
constexpr int retry_delay_max_ms = 50;

std::string_view bearer_token(const http::Request& request) {
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view value = request.header("authorization");
    return value.size() > scheme.size() && http::equals_ignoring_case(value.substr(0, scheme.size()), scheme)
               ? value.substr(scheme.size())
               : std::string_view{};
}

// A user counts as one, wherever from; of visitors an address, of IPv6 the /64 that one customer has to himself.
std::string counted_as(const Caller& caller) {
    if (caller.principal) return caller.principal->user.to_string();
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(caller.address, error);
    return error ? std::string(caller.address) : realtime::limited_address(address);
}

http::Response to_response(Reply reply) {
    http::Response response{.status = reply.status,
                            .content_type = std::string(reply.content_type),
                            .body = std::move(reply.body),
                            .headers = std::move(reply.headers)};
    if (!reply.ok()) response.content_type = "application/problem+json";
    return response;
}

}  // namespace

Api::Api(ApiParts parts) : parts_(std::move(parts)), router_(parts_.routes) {
    for (const Route& route : parts_.routes)
        if (!route.event.empty() && !events_.emplace(route.event, &route).second)
            throw std::logic_error("two routes on event " + std::string(route.event));
}

const Route* Api::route_of_event(std::string_view event) const {
    const auto entry = events_.find(event);
    return entry == events_.end() ? nullptr : entry->second;
}

std::size_t Api::body_bytes_max(std::string_view method, std::string_view path) const {
    const Found found = router_.find(method, path);
    return found.route && found.route->has_picture_body ? pictures::upload_bytes_max : http::Limits{}.body_bytes_max;
}

awaitable<Caller> Api::identify(std::string_view host, std::string_view tenant_slug, std::string_view token) {
    const std::optional<TenantId> tenant = co_await parts_.tenants.resolve(host, tenant_slug);
    if (!tenant) throw Fail(PlatformErrc::tenant_unknown);
    Caller caller{.tenant = *tenant, .principal = std::nullopt, .address = {}, .request = nullptr};
    if (token.empty()) co_return caller;
    const std::expected<Principal, PlatformErrc> principal = parts_.authenticate(*tenant, token, Timestamp::now());
    if (!principal) throw Fail(principal.error());
    caller.principal = *principal;
    co_return caller;
}

awaitable<http::Response> Api::handle(const http::Request& request, std::string_view path) {
    const std::string request_id = Uuid::make().to_string();
    const Found found = router_.find(request.method == "HEAD" ? "GET" : request.method, path);
    Reply reply;
    if (found.route) {
        reply = co_await answer(found, request, request_id);
    } else if (found.allowed.empty()) {
        reply = refusal(describe_error(PlatformErrc::not_found));
    } else {
        reply = refusal(describe_error(PlatformErrc::method_not_allowed));
        reply.headers.push_back({"Allow", found.allowed});
    }
    reply.headers.push_back({"X-Request-Id", request_id});
    co_return to_response(std::move(reply));
}

awaitable<Reply> Api::answer(const Found& found, const http::Request& request, const std::string& request_id) {
    const Clock::time_point begun = Clock::now();
    Reply reply;
    try {
        Caller caller = co_await identify(request.header("host"), request.header("x-tenant"), bearer_token(request));
        if (parts_.behind_proxy) caller.address = forwarded_address(request.headers);
        if (caller.address.empty()) caller.address = request.remote_address;
        caller.request = &request;
        admit(*found.route, caller);  // before its body is read
        const json::value input = input_of(*found.route, request, found);
        reply = co_await perform(*found.route, caller, input, request_id);
    } catch (...) {
        reply = refusal_of_current_exception(*found.route, parts_.constraints, request_id);
    }
    observe(*found.route, reply, begun);
    co_return reply;
}

awaitable<Reply> Api::call(const Route& route, const Caller& caller, const json::value& input) {
    const Clock::time_point begun = Clock::now();
    const std::string request_id = Uuid::make().to_string();
    Reply reply;
    try {
        admit(route, caller);
        reply = co_await perform(route, caller, input, request_id);
    } catch (...) {
        reply = refusal_of_current_exception(route, parts_.constraints, request_id);
    }
    observe(route, reply, begun);
    co_return reply;
}

void Api::observe(const Route& route, const Reply& reply, Clock::time_point begun) {
    if (!parts_.observe) return;
    parts_.observe(route, reply.status, std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begun));
}

void Api::admit(const Route& route, const Caller& caller) {
    if (!caller.principal && !route.access.visitors) throw Fail(PlatformErrc::unauthenticated);
    if (caller.principal && !route.access.admits(caller.principal->role)) throw Fail(PlatformErrc::forbidden);
    if (caller.left_at) return;
    if (caller.principal && caller.principal->expires_at && *caller.principal->expires_at <= Timestamp::now())
        throw Fail(PlatformErrc::token_expired);
    const std::optional<int> wait_s =
        limiter_.take(route.name + counted_as(caller), route.rate.count, route.rate.per_s, RateLimiter::Clock::now());
    if (wait_s) throw RateLimited(*wait_s);
}

awaitable<Reply> Api::perform(const Route& route, const Caller& caller, const json::value& input,
                              const std::string& request_id) {
    const std::string_view key = caller.request ? caller.request->header("idempotency-key") : std::string_view{};
    if (!route.is_idempotent || !caller.principal || key.empty()) {
        Reply reply = co_await work(route, caller, input, request_id, nullptr);
        co_return reply;
    }
    if (key.size() > idempotency_key_length_max)
        throw Invalid({{"/headers/Idempotency-Key", "must be at most 100 characters"}});
    IdempotentCall once(parts_.pool, caller.tenant, caller.principal->user, std::string(key), route, input);
    std::optional<Reply> first = co_await once.claim();
    if (first) co_return std::move(*first);
    Reply reply;
    try {
        reply = co_await work(route, caller, input, request_id, &once);
    } catch (...) {
        reply = refusal_of_current_exception(route, parts_.constraints, request_id);
    }
    try {
        if (!reply.ok()) co_await once.keep_refusal(reply);
    } catch (const db::Error& error) {
        log::warning("idempotency key not released", {{"route", route.name}, {"error", error.what()}});
    }
    co_return reply;
}

awaitable<Reply> Api::work(const Route& route, const Caller& caller, const json::value& input,
                           const std::string& request_id, IdempotentCall* once) {
    const Clock::time_point deadline = caller.time_limit ? Clock::now() + *caller.time_limit : Clock::time_point::max();
    for (int attempt_number = 1;; ++attempt_number) {
        db::Transaction tx = parts_.pool.transaction({.tenant = caller.tenant, .read_only = route.is_read_only});
        Ctx ctx{.tenant = caller.tenant,
                .principal = caller.principal,
                .tx = tx,
                .services = parts_.services,
                .now = caller.left_at.value_or(Timestamp::now()),
                .request_id = request_id,
                .request = caller.request};
        bool retry = attempt_number < attempts_max;
        Reply reply = co_await attempt(route, ctx, input, deadline, once, retry);
        if (!retry) co_return reply;
        // Two that collided would collide again if both came back at once.
        boost::asio::steady_timer pause(parts_.io, db::RetryDelay(retry_delay_max_ms).next());
        co_await pause.async_wait(boost::asio::use_awaitable);
    }
}

// `retry` comes in as "may be tried again" and goes out as "should be".
awaitable<Reply> Api::attempt(const Route& route, Ctx& ctx, const json::value& input, Clock::time_point deadline,
                              IdempotentCall* once, bool& retry) {
    std::exception_ptr failed;
    try {
        Reply reply{.status = route.status, .content_type = route.answer_type};
        const bool is_limited = deadline != Clock::time_point::max();
        reply.body = co_await (is_limited ? finish_by(deadline, route.call(ctx, input)) : route.call(ctx, input));
        if (once) co_await once->keep(ctx.tx, reply);
        co_await ctx.commit();
        retry = false;
        reply.headers = std::move(ctx.response_headers);
        reply.rooms_joined = std::move(ctx.rooms_joined);
        reply.rooms_left = std::move(ctx.rooms_left);
        finish(ctx);
        co_return reply;
    } catch (const db::Error& error) {
        retry = retry && !ctx.has_committed && is_worth_a_retry(error);
        failed = std::current_exception();
    } catch (...) {
        retry = false;
        failed = std::current_exception();
    }
    finish(ctx);
    co_await ctx.tx.rollback();
    if (!retry) std::rethrow_exception(failed);
    co_return Reply{};
}

// What was committed is told, also where a later part of the same call failed.
void Api::finish(Ctx& ctx) {
    if (!ctx.sealed.empty()) parts_.deliver(std::move(ctx.sealed));
    if (ctx.has_enqueued && ctx.has_committed) parts_.wake_worker();
}

}  // namespace liveshop
