// How HTTP requests become sessions, or find the one that they belong to.
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <cerrno>
#include <cstring>

#include "platform/realtime/connection.hpp"
#include "platform/realtime/engine_io.hpp"
#include "platform/realtime/hub.hpp"
#include "platform/realtime/polling.hpp"
#include "platform/realtime/probe.hpp"
#include "platform/realtime/session.hpp"

namespace liveshop::realtime {
namespace {

namespace ip = boost::asio::ip;
using boost::system::error_code;
using ip::tcp;

Frame shared_text(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

}  // namespace

std::expected<Admission::Ticket, Refusal> Hub::admit(const ip::address& address) {
    if (stopping_)
        return std::unexpected(Refusal{503, "stopping", "The server is restarting: connect again in a moment"});
    auto ticket = shared_->admission->admit(limited_address(address));
    if (ticket) return *std::move(ticket);
    if (ticket.error() == Admission::Refusal::server_full)
        return std::unexpected(Refusal{503, "server_full", "Too many connections: try again in a moment"});
    return std::unexpected(Refusal{429, "address_full", "Too many connections from your address: close some"});
}

std::string Hub::open_packet(std::string sid, bool may_upgrade) const {
    return engine_io::encode_open({.sid = std::move(sid),
                                   .may_upgrade = may_upgrade,
                                   .ping_interval = settings().ping_interval,
                                   .ping_timeout = settings().ping_timeout,
                                   .message_bytes_max = settings().message_bytes_max});
}

void Hub::accept(tcp::socket socket, HttpRequest request, std::string remaining_bytes, std::string client_address) {
    error_code error;
    const auto peer = socket.remote_endpoint(error);
    if (error) return;  // it hung up while it waited
    auto address = client_address.empty() ? peer.address() : ip::make_address(client_address, error);
    if (error) address = peer.address();

    auto upgrade = check_upgrade(request, settings());
    if (!upgrade) return refuse(std::move(socket), upgrade.error());
    if (!upgrade->sid.empty())
        return accept_upgrade(std::move(socket), *std::move(upgrade), address, std::move(remaining_bytes));
    auto ticket = admit(address);
    if (!ticket) return refuse(std::move(socket), ticket.error());
    const auto connection = std::make_shared<Connection>(*this, std::move(socket), *std::move(ticket), now());
    add(connection);
    counters_.upgrades_accepted.add();
    auto handshake = std::make_unique<Handshake>(
        Handshake{.auth = {}, .request = std::move(request), .remote_address = address.to_string()});
    auto greeting = encode_switching_protocols(upgrade->accept) +
                    websocket::encode(websocket::Opcode::text, open_packet(random_id(), false));
    connection->start(std::make_shared<Session>(*this, std::move(handshake)), shared_text(std::move(greeting)),
                      std::move(remaining_bytes));
}

// The descriptor goes to the thread that has the session.
void Hub::accept_upgrade(tcp::socket socket, Upgrade upgrade, const ip::address& address, std::string remaining_bytes) {
    Hub* home = home_of(upgrade.sid);
    if (home == nullptr) return refuse(std::move(socket), session_unknown());
    if (home == this) return take_upgrade(std::move(socket), upgrade, address, std::move(remaining_bytes));
    error_code error;
    const auto protocol = socket.local_endpoint(error).protocol();
    const auto descriptor = socket.release(error);
    if (error) return;
    tcp::socket moved(home->io_);
    moved.assign(protocol, descriptor, error);
    if (error) {
        ::close(descriptor);
        return;
    }
    boost::asio::post(home->io_, [home, socket = std::move(moved), upgrade = std::move(upgrade), address,
                                  remaining_bytes = std::move(remaining_bytes)]() mutable {
        home->take_upgrade(std::move(socket), upgrade, address, std::move(remaining_bytes));
    });
}

void Hub::take_upgrade(tcp::socket socket, const Upgrade& upgrade, const ip::address& address,
                       std::string remaining_bytes) {
    const auto found = polling_.find(upgrade.sid);
    if (found == polling_.end()) return refuse(std::move(socket), session_unknown());
    const auto polling = found->second;
    if (!polling->may_upgrade())
        return refuse(std::move(socket),
                      {400, "upgrade_under_way", "Bad request: upgrade a session once", EngineError::bad_request});
    auto ticket = admit(address);
    if (!ticket) return refuse(std::move(socket), ticket.error());
    const auto connection = std::make_shared<Connection>(*this, std::move(socket), *std::move(ticket), now());
    add(connection);
    counters_.upgrades_accepted.add();
    polling->reserve_upgrade(connection);
    connection->start(std::make_shared<Probe>(*this, polling), shared_text(encode_switching_protocols(upgrade.accept)),
                      std::move(remaining_bytes));
}

// A few hundred bytes into an empty buffer: sent at once or not at all, so that refusing holds nothing.
void Hub::refuse(tcp::socket socket, const Refusal& refusal) {
    counters_.upgrades_refused.add();
    const auto response = encode_refusal(refusal);
    const auto sent = ::send(socket.native_handle(), response.data(), response.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0) spdlog::debug("realtime: a refusal could not be sent: {}", std::strerror(errno));
}

Hub* Hub::home_of(std::string_view sid) const {
    const auto index = hub_index_of(sid);
    return index && *index < shared_->hubs.size() ? shared_->hubs[*index] : nullptr;
}

awaitable<HttpAnswer> Hub::poll(HttpRequest request, std::string client_address) {
    auto headers = cors_headers(request, settings());
    headers.emplace_back("Cache-Control", "no-store");
    auto answer = co_await answer_polling(std::move(request), std::move(client_address));
    answer.headers.insert(answer.headers.end(), std::make_move_iterator(headers.begin()),
                          std::make_move_iterator(headers.end()));
    co_return answer;
}

awaitable<HttpAnswer> Hub::answer_polling(HttpRequest request, std::string client_address) {
    auto query = check_polling(request, settings());
    if (!query) {
        counters_.polling_refused.add();
        co_return answer_of(query.error());
    }
    if (request.method() == boost::beast::http::verb::options) co_return answer_preflight();
    if (query->sid.empty()) co_return open_polling(std::move(request), client_address);
    Hub* home = home_of(query->sid);
    if (home == nullptr) co_return answer_of(session_unknown());
    const bool is_post = request.method() == boost::beast::http::verb::post;
    const auto ask_home = [&](Answers<HttpAnswer>::Reply reply) {
        boost::asio::post(home->io_,
                          [home, is_post, reply = std::move(reply), sid = std::move(query->sid),
                           body = std::move(request.body())] { home->take_poll(sid, is_post, body, reply); });
    };
    // A session that hears nothing from its client ends earlier, and answers then.
    const auto limit = settings().ping_interval + settings().ping_timeout + settings().close_timeout;
    auto answer = co_await polls_.ask(ask_home, 2 * limit);
    if (!answer) co_return answer_of({503, "stopping", "The server is restarting: connect again in a moment"});
    co_return *std::move(answer);
}

HttpAnswer Hub::open_polling(HttpRequest request, const std::string& client_address) {
    error_code error;
    const auto address = ip::make_address(client_address, error);
    auto ticket = admit(address);
    if (!ticket) {
        counters_.polling_refused.add();
        return answer_of(ticket.error());
    }
    const auto sid = random_sid(index_);
    const auto polling = std::make_shared<Polling>(*this, sid, *std::move(ticket), now());
    polling_.emplace(sid, polling);
    add(polling);
    counters_.polling_accepted.add();
    auto handshake = std::make_unique<Handshake>(
        Handshake{.auth = {}, .request = std::move(request), .remote_address = client_address});
    polling->start(std::make_shared<Session>(*this, std::move(handshake)));
    return {.body = open_packet(sid, true), .headers = {}};
}

void Hub::take_poll(const std::string& sid, bool is_post, std::string_view body,
                    std::function<void(HttpAnswer)> reply) {
    const auto found = polling_.find(sid);
    if (found == polling_.end()) return reply(answer_of(session_unknown()));
    const auto polling = found->second;
    if (is_post) return reply(polling->post(body));
    polling->get(std::move(reply));
}

}  // namespace liveshop::realtime
