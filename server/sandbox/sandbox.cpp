#include "sandbox/sandbox.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/url/parse.hpp>

#include "platform/http/server.hpp"
#include "sandbox/api.hpp"
#include "sandbox/inbox_door.hpp"
#include "sandbox/inbox_smtp.hpp"
#include "sandbox/pages.hpp"
#include "sandbox/webhooks.hpp"

namespace liveshop::sandbox {
namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds withheld_for{30};
constexpr std::chrono::seconds stop_grace{2};

// The shop's page is opened as localhost or as 127.0.0.1, which are two origins.
std::vector<std::string> parent_origins(const std::string& public_url) {
    const auto url = boost::urls::parse_uri(public_url);
    if (!url || url->host().empty())
        throw std::runtime_error(fmt::format("public_url is no absolute URL: \"{}\"", public_url));
    const std::string scheme(url->scheme());
    const std::string port = url->has_port() ? fmt::format(":{}", std::string_view(url->port())) : "";
    std::vector<std::string> origins;
    for (const std::string& host :
         {std::string(url->encoded_host()), std::string("localhost"), std::string("127.0.0.1")}) {
        std::string origin = fmt::format("{}://{}{}", scheme, host, port);
        if (std::ranges::find(origins, origin) == origins.end()) origins.push_back(std::move(origin));
    }
    return origins;
}

asio::ip::tcp::endpoint endpoint_of(const Settings& settings, std::int64_t port) {
    boost::system::error_code error;
    const asio::ip::address address = asio::ip::make_address(settings.sandbox_address, error);
    if (error) throw std::runtime_error(fmt::format("sandbox_address is no address: \"{}\"", settings.sandbox_address));
    return {address, static_cast<std::uint16_t>(port)};
}

std::int64_t seconds_now() {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace

struct Sandbox::Parts {
    Parts(asio::io_context& io_, const Settings& settings)
        : io(io_),
          pages{parent_origins(settings.public_url), settings.stripe_publishable_key.value},
          store(settings.sandbox_folder),
          server(io, endpoint_of(settings, settings.sandbox_port.value), {.body_bytes_max = 64 * 1024},
                 [this](const http::Request& request) { return answer(request); }),
          payments(store, seconds_now, fmt::format("http://{}:{}", settings.sandbox_address, server.port())),
          api(payments, settings.stripe_secret_key.reveal(), settings.stripe_publishable_key.value),
          webhooks(io, payments, settings.stripe_webhook_url, settings.stripe_webhook_secret),
          inbox_door(inbox, settings.twilio_account_sid, settings.twilio_auth_token.reveal()),
          smtp(io, endpoint_of(settings, settings.sandbox_smtp_port.value), inbox) {
        payments.webhooks_wanted = !settings.stripe_webhook_url.empty();
        webhooks.send_new();
    }

    http::awaitable<http::Response> answer(const http::Request& request);
    http::Response answer_page(const http::Request& request);
    http::awaitable<void> withhold();

    asio::io_context& io;
    PageSettings pages;
    Store store;
    http::Server server;
    Payments payments;
    Api api;
    Webhooks webhooks;
    Inbox inbox;
    InboxDoor inbox_door;
    InboxSmtp smtp;
    std::list<asio::steady_timer> withheld;
    bool stopping = false;
};

http::awaitable<http::Response> Sandbox::Parts::answer(const http::Request& request) {
    Api::Reply reply;
    try {
        if (auto answer = inbox_door.answer(request)) co_return std::move(*answer);
        if (request.path.starts_with("/v1/"))
            reply = api.answer(request);
        else
            reply.response = answer_page(request);
    } catch (const Refusal& refusal) {
        co_return page(escape_html(refusal.message), {}, refusal.status);
    } catch (const std::exception& error) {
        spdlog::error("{} {}: {}", request.method, request.path, error.what());
        co_return page("The sandbox failed: its log says why.", {}, 500);
    }
    webhooks.send_new();
    if (reply.withheld) co_await withhold();
    co_return std::move(reply.response);
}

http::awaitable<void> Sandbox::Parts::withhold() {
    if (stopping) co_return;
    const auto timer = withheld.emplace(withheld.end(), io, withheld_for);
    boost::system::error_code ignored;
    co_await timer->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    withheld.erase(timer);
}

http::Response Sandbox::Parts::answer_page(const http::Request& request) {
    const std::string_view path = request.path;
    const bool get = request.method == "GET" || request.method == "HEAD";
    if (request.method == "POST" && path == "/sandbox/faults") return api.order_fault(request);
    if (get && path == "/") return index_page(payments);
    if (get && path == "/elements/card") return card_page(pages, request.query);
    if (get && path == "/elements/card.js") return card_script();
    if (get && path == "/elements/card.css") return card_style();
    if (get && path == "/challenge.js") return challenge_script();
    if (const std::optional<std::string> id = match("/challenge/:id", path)) {
        if (request.method == "POST") return challenge_answer(pages, payments, *id, request.body);
        const Form query = Form::parse(request.query);
        if (get) return challenge_page(pages, payments, *id, query.text("client_secret").value_or(""));
    }
    if (const std::optional<std::string> id = match("/onboarding/:id", path)) {
        if (request.method == "POST") return onboarding_answer(payments, *id, request.body);
        const Form query = Form::parse(request.query);
        if (get) return onboarding_page(payments, *id, query.text("secret").value_or(""));
    }
    return page("<!doctype html><title>Not found</title><p>There is nothing at this address.", {}, 404);
}

Sandbox::Sandbox(asio::io_context& io, const Settings& settings) {
    if (settings.stripe_secret_key.empty() || settings.stripe_publishable_key.value.empty())
        throw std::runtime_error("the sandbox needs stripe_secret_key and stripe_publishable_key");
    if (!settings.stripe_webhook_url.empty() && settings.stripe_webhook_secret.empty())
        throw std::runtime_error("stripe_webhook_url needs stripe_webhook_secret");
    parts_ = std::make_unique<Parts>(io, settings);
}

Sandbox::~Sandbox() = default;

std::uint16_t Sandbox::port() const { return parts_->server.port(); }
std::uint16_t Sandbox::smtp_port() const { return parts_->smtp.port(); }

http::awaitable<void> Sandbox::stop() {
    parts_->stopping = true;
    for (asio::steady_timer& timer : parts_->withheld) timer.cancel();
    parts_->webhooks.stop();
    co_await parts_->smtp.stop();
    co_await parts_->server.stop(stop_grace);
}

int run(const Settings& settings) {
    try {
        asio::io_context io(1);
        Sandbox sandbox(io, settings);
        asio::signal_set signals(io, SIGTERM, SIGINT);
        signals.async_wait([&](const boost::system::error_code& error, int) {
            if (error) return;
            asio::co_spawn(io, sandbox.stop(), [&](std::exception_ptr) { io.stop(); });
        });
        spdlog::info("sandbox: http://{0}:{1}, inbox: http://{0}:{1}/inbox, mail: smtp://{0}:{2}",
                     settings.sandbox_address, sandbox.port(), sandbox.smtp_port());
        io.run();
        return 0;
    } catch (const std::exception& error) {
        spdlog::error("sandbox: {}", error.what());
        return 1;
    }
}

}  // namespace liveshop::sandbox
