#include "platform/http/client.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <deque>
#include <list>
#include <map>

#include "platform/http/client_connection.hpp"

namespace liveshop::http {
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int attempts_max = 3;
constexpr std::chrono::milliseconds first_pause{100};

struct Target {
    Origin origin;
    std::string authority;
    std::string path_and_query;
};

CallFailed invalid(std::string detail) { return {{CallErrc::invalid_call, false, std::move(detail)}}; }

Target parse_target(std::string_view text) {
    const auto parsed = boost::urls::parse_uri(text);
    if (!parsed) throw invalid("not an absolute URL");
    const boost::urls::url_view url = *parsed;
    const bool secure = url.scheme() == "https";
    if (!secure && url.scheme() != "http") throw invalid("neither http nor https");
    std::uint16_t port = secure ? 443 : 80;
    if (url.has_port()) {
        const std::string_view digits = url.port();
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        if (error != std::errc{} || end != digits.data() + digits.size() || port == 0) throw invalid("no such port");
    }
    if (url.has_userinfo() || url.host().empty()) throw invalid("a URL needs a host and no user information");
    std::string host = url.host();
    if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
    std::string target(url.encoded_target());
    if (!target.starts_with('/')) target.insert(0, "/");
    return {.origin = {secure, std::move(host), port},
            .authority = std::string(url.encoded_host_and_port()),
            .path_and_query = std::move(target)};
}

// A line break in a header would let whoever chose the value write headers of their own.
bool can_be_header(const Header& header) {
    const auto is_token = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_'; };
    const auto is_control = [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7f; };
    return !header.name.empty() && std::ranges::all_of(header.name, is_token) &&
           std::ranges::none_of(header.value, is_control);
}

OutboundRequest make_request(Call& call, const Target& target) {
    OutboundRequest request;
    request.version(11);
    const boost::beast::http::verb method = boost::beast::http::string_to_verb(call.method);
    if (method == boost::beast::http::verb::unknown) throw invalid("unknown method");
    request.method(method);
    request.target(target.path_and_query);
    request.set(boost::beast::http::field::host, target.authority);
    request.set(boost::beast::http::field::user_agent, "LiveShop");
    for (const Header& header : call.headers) {
        if (!can_be_header(header)) throw invalid("a header's name or value cannot be sent: " + header.name);
        request.set(header.name, header.value);
    }
    request.body() = std::move(call.body);
    request.prepare_payload();
    return request;
}

// getaddrinfo cannot be interrupted: at the deadline its answer is no longer waited for.
awaitable<std::vector<tcp::endpoint>> resolve(asio::io_context& io, const Origin& origin, Deadline deadline) {
    error_code error;
    const asio::ip::address address = asio::ip::make_address(origin.host, error);
    if (!error) co_return std::vector{tcp::endpoint(address, origin.port)};

    struct Lookup {
        tcp::resolver resolver;
        asio::steady_timer done;
        error_code error = asio::error::timed_out;
        std::vector<tcp::endpoint> endpoints;
    };
    const auto lookup = std::make_shared<Lookup>(tcp::resolver(io), asio::steady_timer(io, deadline));
    lookup->resolver.async_resolve(origin.host, std::to_string(origin.port),
                                   [lookup](const error_code& failed, const tcp::resolver::results_type& results) {
                                       lookup->error = failed;
                                       for (const auto& entry : results) lookup->endpoints.push_back(entry.endpoint());
                                       lookup->done.cancel();
                                   });
    co_await lookup->done.async_wait(asio::redirect_error(asio::use_awaitable, error));
    if (lookup->error == asio::error::timed_out)
        throw CallFailed{{CallErrc::timeout, false, "name not resolved in time"}};
    if (lookup->error) throw CallFailed{{CallErrc::unresolved, false, lookup->error.message()}};
    co_return lookup->endpoints;
}

}  // namespace

struct Client::Pool : std::enable_shared_from_this<Pool> {
    struct Waiter {
        asio::steady_timer timer;
        bool granted = false;
    };
    struct Use {
        std::size_t connections = 0;
        std::deque<std::shared_ptr<Waiter>> waiters;
    };
    struct Idle {
        Origin origin;
        std::unique_ptr<ClientConnection> connection;
        Deadline until;
    };
    /// The right to one connection; gives it to the next in line when it ends.
    class Slot {
      public:
        Slot(std::shared_ptr<Pool> pool, Origin origin) : pool_(std::move(pool)), origin_(std::move(origin)) {}
        Slot(Slot&&) = default;
        ~Slot() {
            if (pool_) pool_->release(origin_);
        }

      private:
        std::shared_ptr<Pool> pool_;
        Origin origin_;
    };

    Pool(asio::io_context& io_, ClientLimits limits_) : io(io_), tls(asio::ssl::context::tls_client), limits(limits_) {}

    awaitable<Slot> acquire(const Origin& origin, Deadline deadline);
    void release(const Origin& origin);
    std::unique_ptr<ClientConnection> take_idle(const Origin& origin);
    void keep(const Origin& origin, std::unique_ptr<ClientConnection> connection);
    awaitable<Answer> attempt(const Origin& origin, const OutboundRequest& request, Deadline deadline);
    awaitable<Answer> carry_out(Call call, Deadline deadline);

    asio::io_context& io;
    asio::ssl::context tls;
    ClientLimits limits;
    std::map<Origin, Use> in_use;
    std::list<Idle> idle;  // oldest first
};

awaitable<Client::Pool::Slot> Client::Pool::acquire(const Origin& origin, Deadline deadline) {
    Use& use = in_use[origin];
    if (use.connections < limits.connections_per_origin_max) {
        ++use.connections;
        co_return Slot(shared_from_this(), origin);
    }
    if (use.waiters.size() >= limits.waiting_per_origin_max)
        throw CallFailed{{CallErrc::busy, false, "too many calls wait for this host"}};
    const auto waiter = std::make_shared<Waiter>(asio::steady_timer(io, deadline));
    use.waiters.push_back(waiter);
    error_code ignored;
    co_await waiter->timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    if (waiter->granted) co_return Slot(shared_from_this(), origin);
    std::erase(in_use[origin].waiters, waiter);
    throw CallFailed{{CallErrc::busy, false, "no connection to this host became free in time"}};
}

void Client::Pool::release(const Origin& origin) {
    Use& use = in_use[origin];
    if (!use.waiters.empty()) {  // the slot passes on, so that no newcomer takes it in between
        use.waiters.front()->granted = true;
        use.waiters.front()->timer.cancel();
        use.waiters.pop_front();
        return;
    }
    if (--use.connections == 0) in_use.erase(origin);
}

std::unique_ptr<ClientConnection> Client::Pool::take_idle(const Origin& origin) {
    const Deadline now = Clock::now();
    std::erase_if(idle, [now](const Idle& entry) { return entry.until <= now; });
    for (auto entry = idle.rbegin(); entry != idle.rend(); ++entry) {
        if (entry->origin != origin) continue;
        std::unique_ptr<ClientConnection> connection = std::move(entry->connection);
        idle.erase(std::next(entry).base());
        return connection->still_open() ? std::move(connection) : nullptr;
    }
    return nullptr;
}

void Client::Pool::keep(const Origin& origin, std::unique_ptr<ClientConnection> connection) {
    idle.push_back({origin, std::move(connection), Clock::now() + limits.idle_timeout});
    if (idle.size() > limits.idle_connections_max) idle.pop_front();
}

awaitable<Answer> Client::Pool::attempt(const Origin& origin, const OutboundRequest& request, Deadline deadline) {
    std::unique_ptr<ClientConnection> connection = take_idle(origin);
    if (!connection) {
        connection = std::make_unique<ClientConnection>(io, tls, origin);
        const Deadline connected_by = std::min(deadline, Clock::now() + limits.connect_timeout);
        const std::vector<tcp::endpoint> endpoints = co_await resolve(io, origin, connected_by);
        co_await connection->open(endpoints, origin, connected_by);
    }
    Answer answer = co_await connection->exchange(request, limits.response_bytes_max, deadline);
    if (connection->reusable()) keep(origin, std::move(connection));
    co_return answer;
}

awaitable<Answer> Client::Pool::carry_out(Call call, Deadline deadline) {
    const Target target = parse_target(call.url);
    const OutboundRequest request = make_request(call, target);
    const Slot slot = co_await acquire(target.origin, deadline);
    asio::steady_timer pause(io);
    CallError last;
    for (int number = 0; number < attempts_max; ++number) {
        if (number > 0) {
            pause.expires_after(first_pause * (1 << (number - 1)));
            co_await pause.async_wait(asio::use_awaitable);
        }
        try {
            Answer answer = co_await attempt(target.origin, request, deadline);
            co_return answer;
        } catch (const CallFailed& failed) {
            last = failed.error;
        }
        const bool may_pass = last.code == CallErrc::unreachable || last.code == CallErrc::broken;
        if (last.sent || !may_pass || Clock::now() + first_pause * (1 << number) >= deadline) break;
    }
    throw CallFailed{std::move(last)};
}

Client::Client(asio::io_context& io, ClientLimits limits, std::string_view trusted_ca_pem)
    : pool_(std::make_shared<Pool>(io, limits)) {
    pool_->tls.set_default_verify_paths();
    SSL_CTX_set_min_proto_version(pool_->tls.native_handle(), TLS1_2_VERSION);
    if (!trusted_ca_pem.empty()) pool_->tls.add_certificate_authority(asio::buffer(trusted_ca_pem));
}

Client::~Client() { pool_->idle.clear(); }

std::size_t Client::idle_connections() const { return pool_->idle.size(); }

awaitable<std::expected<Answer, CallError>> Client::call(Call call) {
    const std::shared_ptr<Pool> pool = pool_;
    const Deadline deadline = Clock::now() + call.timeout;
    try {
        Answer answer = co_await pool->carry_out(std::move(call), deadline);
        co_return answer;
    } catch (const CallFailed& failed) {
        co_return std::unexpected(failed.error);
    }
}

std::string_view Answer::header(std::string_view name) const {
    for (const Header& header : headers)
        if (equals_ignoring_case(header.name, name)) return header.value;
    return {};
}

}  // namespace liveshop::http
