#include "platform/realtime/hub.hpp"

#include <openssl/rand.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include "platform/realtime/connection.hpp"
#include "platform/realtime/engine_io.hpp"
#include "platform/realtime/session.hpp"

namespace liveshop::realtime {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;
using websocket::CloseCode;

constexpr std::size_t read_buffer_bytes = 64 * 1024;
constexpr std::size_t flush_connections_max = 1024;  // written in one turn before others get theirs

// 20 characters of 6 random bits each, safe in a URL.
std::string random_id() {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::array<unsigned char, 20> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) throw std::runtime_error("no random bytes");
    std::string id;
    for (const auto byte : bytes) id.push_back(alphabet[byte % alphabet.size()]);
    return id;
}

Frame shared_text(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

// Often enough for the shortest of the time limits.
std::chrono::milliseconds tick_interval(const Settings& settings) {
    const auto shortest =
        std::min({settings.ping_interval, settings.ping_timeout, settings.handshake_timeout, settings.close_timeout});
    return std::clamp(shortest / 10, std::chrono::milliseconds(5), std::chrono::milliseconds(500));
}

}  // namespace

// Goes with the io_context, and lets the hub's sockets and timers go first: they must not outlive it.
class Hub::Guard : public boost::asio::execution_context::service {
  public:
    using key_type = Guard;
    static inline boost::asio::execution_context::id id;

    explicit Guard(boost::asio::execution_context& context) : service(context) {}

    Hub* hub = nullptr;

  private:
    void shutdown() override {
        if (hub != nullptr) hub->release();
    }
};

Hub::Hub(boost::asio::io_context& io, std::shared_ptr<const Shared> shared)
    : io_(io),
      shared_(std::move(shared)),
      rooms_(shared_->room_sizes),
      guard_(&boost::asio::use_service<Guard>(io)),
      waiting_timer_(io),
      tick_timer_(io),
      ping_frame_(shared_text(websocket::encode(websocket::Opcode::text, "2"))),
      read_buffer_(read_buffer_bytes) {
    guard_->hub = this;
}

Hub::~Hub() {
    if (guard_ != nullptr) guard_->hub = nullptr;
}

void Hub::release() {
    guard_ = nullptr;
    waiting_timer_.reset();
    tick_timer_.reset();
    dirty_.clear();
    waiting_.clear();
    connections_.clear();
}

std::expected<Admission::Ticket, UpgradeRefusal> Hub::admit(const boost::asio::ip::address& address) {
    if (stopping_)
        return std::unexpected(UpgradeRefusal{503, "stopping", "The server is restarting: connect again in a moment"});
    auto ticket = shared_->admission->admit(limited_address(address));
    if (ticket) return *std::move(ticket);
    if (ticket.error() == Admission::Refusal::server_full)
        return std::unexpected(UpgradeRefusal{503, "server_full", "Too many connections: try again in a moment"});
    return std::unexpected(UpgradeRefusal{429, "address_full", "Too many connections from your address: close some"});
}

void Hub::accept(tcp::socket socket, UpgradeRequest request, std::string remaining_bytes, std::string client_address) {
    error_code error;
    const auto peer = socket.remote_endpoint(error);
    if (error) return;  // it hung up while it waited
    auto address = client_address.empty() ? peer.address() : boost::asio::ip::make_address(client_address, error);
    if (error) address = peer.address();

    const auto accept_key = check_upgrade(request, settings());
    if (!accept_key) return refuse(std::move(socket), accept_key.error());
    auto ticket = admit(address);
    if (!ticket) return refuse(std::move(socket), ticket.error());
    const auto connection = std::make_shared<Connection>(*this, std::move(socket), *std::move(ticket), now());
    add(connection);
    counters_.upgrades_accepted.add();
    begin(*connection, *accept_key, {.auth = {}, .request = std::move(request), .remote_address = address.to_string()},
          std::move(remaining_bytes));
}

void Hub::begin(Connection& connection, std::string_view accept_key, Handshake handshake, std::string received) {
    const auto session =
        std::make_shared<Session>(*this, random_id(), std::make_unique<Handshake>(std::move(handshake)));
    session->connection_ = &connection;
    const auto open = engine_io::encode_open({.sid = random_id(),
                                              .ping_interval = settings().ping_interval,
                                              .ping_timeout = settings().ping_timeout,
                                              .message_bytes_max = settings().message_bytes_max});
    auto greeting = encode_switching_protocols(accept_key) + websocket::encode(websocket::Opcode::text, open);
    connection.start(session, shared_text(std::move(greeting)), std::move(received));
}

// A few hundred bytes into an empty buffer: sent at once or not at all, so that refusing holds nothing.
void Hub::refuse(tcp::socket socket, const UpgradeRefusal& refusal) {
    counters_.upgrades_refused.add();
    const auto response = encode_refusal(refusal);
    const auto sent = ::send(socket.native_handle(), response.data(), response.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0) spdlog::debug("realtime: a refusal could not be sent: {}", std::strerror(errno));
}

void Hub::deliver(std::string_view room, const Frame& frame) {
    const auto members = rooms_.members(room);
    // An owner of its own for this thread: its receivers do not fight with other threads over one reference count.
    const Frame local(std::make_shared<Frame>(frame), frame.get());
    for (auto* member : members) static_cast<Session*>(member)->connection_->send(local, Connection::Urgency::may_wait);
    counters_.broadcasts.add();
    counters_.deliveries.add(members.size());
}

std::vector<std::shared_ptr<Session>> Hub::sessions_in(std::string_view room) const {
    std::vector<std::shared_ptr<Session>> sessions;
    for (auto* member : rooms_.members(room)) sessions.push_back(static_cast<Session*>(member)->shared_from_this());
    return sessions;
}

void Hub::disconnect(std::string_view room, std::string_view reason) {
    for (const auto& session : sessions_in(room)) session->disconnect(reason);
}

void Hub::evict(std::string_view selected, std::string_view room) {
    for (const auto& session : sessions_in(selected)) session->leave(room);
}

void Hub::stop() {
    stopping_ = true;
    const auto connections = connections_;
    for (const auto& connection : connections) {
        const auto* session = connection->session();
        if (session == nullptr || !session->running_) connection->close(CloseCode::going_away, "shutdown");
    }
}

void Hub::abort_all() {
    const auto connections = connections_;
    for (const auto& connection : connections) connection->abort("shutdown");
}

void Hub::add(const std::shared_ptr<Connection>& connection) {
    connection->place_ = connections_.size();
    connections_.push_back(connection);
    counters_.connections.add();
    if (!std::exchange(ticking_, true)) schedule_tick();
}

void Hub::remove(Connection& connection) {
    const auto place = connection.place_;
    if (place + 1 != connections_.size()) {
        std::swap(connections_[place], connections_.back());
        connections_[place]->place_ = place;
    }
    connections_.pop_back();
    counters_.connections.subtract();
}

void Hub::mark_dirty(Connection& connection) {
    if (std::exchange(connection.dirty_, true)) return;
    if (dirty_.empty()) boost::asio::post(io_, [this] { flush(); });
    dirty_.push_back(connection.shared_from_this());
}

void Hub::mark_waiting(Connection& connection) {
    if (settings().write_delay.count() == 0) return mark_dirty(connection);
    if (std::exchange(connection.waiting_, true)) return;
    if (waiting_.empty()) {
        waiting_timer_->expires_after(settings().write_delay);
        waiting_timer_->async_wait([this](error_code error) {
            if (!error) end_waiting();
        });
    }
    waiting_.push_back(connection.shared_from_this());
}

void Hub::end_waiting() {
    for (const auto& connection : std::exchange(waiting_, {})) {
        connection->waiting_ = false;
        mark_dirty(*connection);
    }
}

void Hub::flush() {
    auto due = std::exchange(dirty_, {});
    const auto count = std::min(due.size(), flush_connections_max);
    const auto rest = due.begin() + static_cast<std::ptrdiff_t>(count);
    if (rest != due.end()) {
        dirty_.assign(std::make_move_iterator(rest), std::make_move_iterator(due.end()));
        boost::asio::post(io_, [this] { flush(); });
    }
    for (std::size_t i = 0; i < count; ++i) due[i]->flush();
}

void Hub::schedule_tick() {
    tick_timer_->expires_after(tick_interval(settings()));
    tick_timer_->async_wait([this](error_code error) {
        if (!error) tick();
    });
}

void Hub::tick() {
    const auto time = now();
    // Backwards, for a connection that goes is replaced by the last one, which had its turn.
    for (auto i = connections_.size(); i-- > 0;) {
        if (i < connections_.size()) connections_[i]->tick(time);
    }
    ticking_ = !connections_.empty();
    if (ticking_) schedule_tick();
}

void Hub::join(Session& session, std::string_view room) {
    if (rooms_.join(session, room)) counters_.memberships.add();
    counters_.rooms.set(rooms_.rooms());
}

void Hub::leave(Session& session, std::string_view room) {
    if (rooms_.leave(session, room)) counters_.memberships.subtract();
    counters_.rooms.set(rooms_.rooms());
}

void Hub::leave_all(Session& session) {
    counters_.memberships.subtract(session.room_count());
    rooms_.leave_all(session);
    counters_.rooms.set(rooms_.rooms());
}

}  // namespace liveshop::realtime
