#include "platform/api/api.hpp"

#include "platform/db/error.hpp"
#include "platform/log.hpp"

namespace liveshop {
namespace {

constexpr int attempts_max = 3;

Reply refusal(const ErrorRow& row, std::string_view detail = "", const std::vector<FieldError>& faults = {}) {
    return {.status = row.status, .body = problem_json(row, detail, faults)};
}

bool may_succeed_again(const db::Error& error) {
    return error.sqlstate == db::sqlstate::serialization_failure || error.sqlstate == db::sqlstate::deadlock_detected;
}

bool is_outage(const db::Error& error) {
    return error.sqlstate.starts_with("08") || error.sqlstate.starts_with("57P") || error.sqlstate.starts_with("53") ||
           error.sqlstate == db::sqlstate::query_canceled;
}

std::string_view bearer_token(const http::Request& request) {
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view value = request.header("authorization");
    return value.size() > scheme.size() && http::equals_ignoring_case(value.substr(0, scheme.size()), scheme)
               ? value.substr(scheme.size())
               : std::string_view{};
}

std::string_view last_forwarded(const http::Request& request) {
    std::string_view list = request.header("x-forwarded-for");
    list = list.substr(list.rfind(',') + 1);
    while (list.starts_with(' ')) list.remove_prefix(1);
    return list;
}

http::Response to_response(Reply reply) {
    http::Response response{.status = reply.status,
                            .content_type = "application/json",
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
    const std::string_view method = request.method == "HEAD" ? "GET" : request.method;
    const Found found = router_.find(method, path);
    if (!found.route && found.allowed.empty()) co_return to_response(refusal(describe_error(PlatformErrc::not_found)));
    if (!found.route) {
        Reply reply = refusal(describe_error(PlatformErrc::method_not_allowed));
        reply.headers.push_back({"Allow", found.allowed});
        co_return to_response(std::move(reply));
    }
    Reply reply;
    std::string request_id;
    try {
        Caller caller = co_await identify(request.header("host"), request.header("x-tenant"), bearer_token(request));
        caller.address = parts_.behind_proxy ? last_forwarded(request) : request.remote_address;
        caller.request = &request;
        admit(*found.route, caller);
        const json::value input = input_of(*found.route, request, found);
        reply = co_await call(*found.route, caller, input);
    } catch (...) {
        request_id = Uuid::make().to_string();
        reply = failure(*found.route, request_id);
    }
    co_return to_response(std::move(reply));
}

void Api::admit(const Route& route, const Caller& caller) {
    if (!caller.principal && !route.access.visitors) throw Fail(PlatformErrc::unauthenticated);
    if (caller.principal && !route.access.admits(caller.principal->role)) throw Fail(PlatformErrc::forbidden);
    const std::string who =
        route.name + (caller.principal ? caller.principal->user.to_string() : std::string(caller.address));
    const std::optional<int> wait_s = limiter_.take(who, route.rate.count, route.rate.per_s, RateLimiter::Clock::now());
    if (wait_s) throw Fail(PlatformErrc::rate_limited, "Wait " + std::to_string(*wait_s) + " s");
}

awaitable<Reply> Api::call(const Route& route, const Caller& caller, const json::value& input) {
    const auto begun = std::chrono::steady_clock::now();
    Reply reply;
    std::optional<IdempotentCall> once;
    std::exception_ptr failed;
    const std::string request_id = Uuid::make().to_string();
    try {
        if (!caller.request) admit(route, caller);  // an HTTP caller was admitted before its body was read
        const std::string_view key = caller.request ? caller.request->header("idempotency-key") : std::string_view{};
        if (route.is_idempotent && caller.principal && !key.empty()) {
            if (key.size() > idempotency_key_length_max)
                throw Invalid({{"/headers/Idempotency-Key", "must be at most 100 characters"}});
            once.emplace(parts_.pool, caller.tenant, caller.principal->user, std::string(key), route, input);
            std::optional<Reply> first = co_await once->claim();
            if (first) co_return std::move(*first);
        }
        reply = co_await work(route, caller, input, once ? &*once : nullptr);
    } catch (...) {
        failed = std::current_exception();
        reply = failure(route, request_id);
    }
    if (!reply.ok() && once) {
        try {
            co_await once->keep_refusal(reply);
        } catch (const db::Error& error) {
            log::warning("idempotency key not released", {{"route", route.name}, {"error", error.what()}});
        }
    }
    reply.headers.push_back({"X-Request-Id", request_id});
    if (parts_.observe) {
        const auto took = std::chrono::steady_clock::now() - begun;
        parts_.observe(route, reply.status, std::chrono::duration_cast<std::chrono::microseconds>(took));
    }
    co_return reply;
}

awaitable<Reply> Api::work(const Route& route, const Caller& caller, const json::value& input, IdempotentCall* once) {
    for (int attempt_number = 1;; ++attempt_number) {
        bool retry = attempt_number < attempts_max;
        Reply reply = co_await attempt(route, caller, input, once, retry);
        if (!retry) co_return reply;
    }
}

// `retry` comes in as "may be tried again" and goes out as "should be".
awaitable<Reply> Api::attempt(const Route& route, const Caller& caller, const json::value& input, IdempotentCall* once,
                              bool& retry) {
    db::Transaction tx = parts_.pool.transaction({.tenant = caller.tenant, .read_only = route.is_read_only});
    Ctx ctx{.tenant = caller.tenant,
            .principal = caller.principal,
            .tx = tx,
            .services = parts_.services,
            .now = Timestamp::now(),
            .request = caller.request};
    std::exception_ptr failed;
    try {
        std::string body = co_await route.call(ctx, input);
        Reply reply{.status = route.status, .body = std::move(body)};
        if (once) co_await once->keep(tx, reply);
        co_await ctx.commit();
        retry = false;
        reply.headers = std::move(ctx.response_headers);
        reply.rooms_joined = std::move(ctx.rooms_joined);
        reply.rooms_left = std::move(ctx.rooms_left);
        finish(ctx);
        co_return reply;
    } catch (const db::Error& error) {
        retry = retry && !ctx.has_committed && may_succeed_again(error);
        failed = std::current_exception();
    } catch (...) {
        retry = false;
        failed = std::current_exception();
    }
    finish(ctx);
    co_await tx.rollback();
    if (!retry) std::rethrow_exception(failed);
    co_return Reply{};
}

// What was committed is told, also where a later part of the same call failed.
void Api::finish(Ctx& ctx) {
    if (!ctx.sealed.empty()) parts_.deliver(std::move(ctx.sealed));
    if (ctx.has_enqueued && ctx.has_committed) parts_.wake_worker();
}

// Turns the exception being handled into the client's answer: the only words it gets are from the tables.
Reply Api::failure(const Route& route, const std::string& request_id) {
    try {
        throw;
    } catch (const Fail& fail) {
        Reply reply = refusal(fail.row, fail.detail);
        if (fail.row.status == 503 || fail.row.status == 429) reply.headers.push_back({"Retry-After", "1"});
        return reply;
    } catch (const Invalid& invalid) {
        return refusal(describe_error(PlatformErrc::invalid), "", invalid.errors);
    } catch (const Overflow&) {
        return refusal(describe_error(PlatformErrc::invalid), "An amount is too large");
    } catch (const db::Error& error) {
        for (const ConstraintRow& row : parts_.constraints)
            if (!error.constraint.empty() && row.constraint == error.constraint) return refusal(row.error);
        log::error(
            "query failed",
            {{"request_id", request_id}, {"route", route.name}, {"sqlstate", error.sqlstate}, {"error", error.what()}});
        if (may_succeed_again(error)) return refusal(describe_error(PlatformErrc::conflict));
        if (!is_outage(error)) return refusal(describe_error(PlatformErrc::internal));
        Reply reply = refusal(describe_error(PlatformErrc::unavailable));
        reply.headers.push_back({"Retry-After", "1"});
        return reply;
    } catch (const std::exception& error) {
        log::error("handler failed", {{"request_id", request_id}, {"route", route.name}, {"error", error.what()}});
    }
    return refusal(describe_error(PlatformErrc::internal));
}

}  // namespace liveshop
