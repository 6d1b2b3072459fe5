#pragma once
#include <expected>

#include "platform/api/idempotency.hpp"
#include "platform/api/router.hpp"
#include "platform/rate_limiter.hpp"
#include "platform/tenants.hpp"

namespace liveshop {

/// Proves an access token for a tenant, or says why not: unauthenticated or token_expired.
using Authenticate =
    std::function<std::expected<Principal, PlatformErrc>(TenantId tenant, std::string_view token, Timestamp now)>;
/// Hands events to the sockets, after the commit.
using Deliver = std::function<void(std::vector<Emission>)>;
/// Told of every finished call: for metrics and the log.
using Observe = std::function<void(const Route&, int status, std::chrono::microseconds took)>;

/// Who calls, through which door.
struct Caller {
    TenantId tenant;
    std::optional<Principal> principal;
    std::string_view address;                ///< what a visitor's calls are counted by
    const http::Request* request = nullptr;  ///< none behind a socket event
    /// The call is made in the name of one who is gone since: not counted, no token to expire, and "now" is then.
    std::optional<Timestamp> left_at = {};
    std::optional<std::chrono::milliseconds> time_limit = {};  ///< of the handler; beyond it the answer is timed_out
};

/// The handler was cancelled at its time limit, and what it had not committed rolled back.
inline constexpr ErrorRow timed_out{504, "timed_out", "This took too long and was given up: try again in a moment"};

/// What the API is made of. Tables are the program's; the rest belongs to one thread.
struct ApiParts {
    boost::asio::io_context& io;
    const std::vector<Route>& routes;
    const std::vector<ConstraintRow>& constraints;
    db::Pool& pool;
    TenantDirectory& tenants;
    const Services& services;
    Authenticate authenticate;
    Deliver deliver;
    std::function<void()> wake_worker;  ///< jobs were committed
    Observe observe;
    bool behind_proxy = false;  ///< a trusted proxy names the client
};

/// The one place where a call begins, is let in, commits and fails.
class Api {
  public:
    explicit Api(ApiParts parts);

    /// A request to /api/v1; `path` is what follows.
    awaitable<http::Response> handle(const http::Request& request, std::string_view path);
    /// A call of a known route by a known caller: the socket's door, and the second half of handle().
    awaitable<Reply> call(const Route& route, const Caller& caller, const json::value& input);

    /// How many bytes a request may bring: more where the route takes a picture. `path` as for handle().
    std::size_t body_bytes_max(std::string_view method, std::string_view path) const;

    const Route* route_of_event(std::string_view event) const;
    boost::asio::io_context& io() const { return parts_.io; }
    /// The tenant and principal of a request or a handshake. Throws tenant_unknown, unauthenticated, token_expired.
    awaitable<Caller> identify(std::string_view host, std::string_view tenant_slug, std::string_view token);

  private:
    using Clock = std::chrono::steady_clock;

    awaitable<Reply> answer(const Found& found, const http::Request& request, const std::string& request_id);
    awaitable<Reply> perform(const Route& route, const Caller& caller, const json::value& input,
                             const std::string& request_id);
    awaitable<Reply> work(const Route& route, const Caller& caller, const json::value& input,
                          const std::string& request_id, IdempotentCall* once);
    awaitable<Reply> attempt(const Route& route, Ctx& ctx, const json::value& input, Clock::time_point deadline,
                             IdempotentCall* once, bool& retry);
    void finish(Ctx& ctx);
    void admit(const Route& route, const Caller& caller);
    void observe(const Route& route, const Reply& reply, Clock::time_point begun);

    ApiParts parts_;
    Router router_;
    std::map<std::string_view, const Route*, std::less<>> events_;
    RateLimiter limiter_;
};

/// Path, query and body of a request as the one JSON object its struct is read from. Throws Fail and Invalid.
json::value input_of(const Route& route, const http::Request& request, const Found& found);

}  // namespace liveshop
