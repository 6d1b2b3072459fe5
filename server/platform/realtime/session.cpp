#include "platform/realtime/session.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "platform/realtime/connection.hpp"
#include "platform/realtime/engine_io.hpp"
#include "platform/realtime/hub.hpp"

namespace liveshop::realtime {
namespace {

using websocket::CloseCode;

Frame text_frame(std::string_view packet) {
    return std::make_shared<const std::string>(websocket::encode(websocket::Opcode::text, packet));
}

}  // namespace

Session::Session(Hub& hub, std::string id, std::unique_ptr<Handshake> handshake)
    : hub_(hub),
      id_(std::move(id)),
      deadline_(hub.now() + hub.settings().handshake_timeout),
      handshake_(std::move(handshake)) {}

bool Session::join(std::string_view room) {
    if (state_ != State::connected) return false;
    if (is_in(room)) return true;
    if (room_count() >= hub_.settings().rooms_per_session_max) return false;
    hub_.join(*this, room);
    return true;
}

void Session::leave(std::string_view room) { hub_.leave(*this, room); }

std::vector<std::string> Session::rooms() const { return state_ == State::gone ? last_rooms_ : room_names(); }

void Session::emit(std::string_view event, std::string_view payload_json) {
    if (state_ == State::connected) send_packet(socket_io::encode_event(event, payload_json));
}

void Session::disconnect(std::string_view reason) {
    if (state_ == State::gone) return;
    send_packet(socket_io::disconnect_packet);
    connection_->close(CloseCode::normal, reason);
}

void Session::send_packet(std::string_view packet) { connection_->send(text_frame(packet)); }

// The client broke the protocol.
void Session::fail(std::string_view what) {
    spdlog::debug("realtime session {} closed: {}", id_, what);
    hub_.counters().disconnects_protocol_error.add();
    connection_->close(CloseCode::policy_violation, what);
}

void Session::on_text(std::string_view text, TokenBucket::Verdict verdict) {
    if (attachments_due_ > 0) return fail("expected a binary attachment");
    const auto packet = engine_io::decode(text);
    if (!packet) return fail("unknown Engine.IO packet");
    switch (packet->type) {
        case engine_io::PacketType::message:
            return on_packet(packet->data, verdict);
        case engine_io::PacketType::close:
            return connection_->close(CloseCode::normal, "client closed");
        case engine_io::PacketType::pong:
            if (pong_due_) deadline_ = hub_.now() + hub_.settings().ping_interval;
            pong_due_ = false;
            return;
        case engine_io::PacketType::noop:
            return;
        case engine_io::PacketType::open:
        case engine_io::PacketType::ping:
        case engine_io::PacketType::upgrade:
            return fail("unexpected Engine.IO packet");
    }
}

void Session::on_binary() {
    if (attachments_due_ == 0) return connection_->close(CloseCode::unsupported_data, "binary messages are not taken");
    --attachments_due_;
}

void Session::on_packet(std::string_view text, TokenBucket::Verdict verdict) {
    const auto packet = socket_io::decode(text);
    if (!packet) return fail(socket_io::to_string(packet.error()));
    if (packet->type == socket_io::PacketType::connect) return on_connect(*packet);
    if (packet->name_space != "/" || state_ != State::connected) return fail("not connected to this namespace");
    attachments_due_ = packet->attachments;
    switch (packet->type) {
        case socket_io::PacketType::event:
            return on_event(*packet, verdict);
        case socket_io::PacketType::binary_event:
            return refuse(packet->ack_id, 415, "binary_not_supported", "Send files to their endpoint, not in an event");
        case socket_io::PacketType::disconnect:
            return connection_->close(CloseCode::normal, "client disconnected");
        case socket_io::PacketType::ack:
        case socket_io::PacketType::binary_ack:
            return;  // no event of ours asks for one
        case socket_io::PacketType::connect:
        case socket_io::PacketType::connect_error:
            return fail("unexpected Socket.IO packet");
    }
}

void Session::on_connect(const socket_io::Packet& packet) {
    if (packet.name_space != "/")
        return send_packet(
            socket_io::encode_connect_error(packet.name_space, "invalid_namespace", "Invalid namespace"));
    if (state_ != State::waiting) return fail("already connected");
    auto auth = socket_io::decode_auth(packet.payload);
    if (!auth) return fail(socket_io::to_string(auth.error()));
    handshake_->auth = std::move(*auth);
    state_ = State::authenticating;
    boost::asio::co_spawn(hub_.executor(), authenticate(shared_from_this()), boost::asio::detached);
}

awaitable<void> Session::authenticate(std::shared_ptr<Session> self) {
    std::expected<Identity, ConnectError> identity =
        std::unexpected(ConnectError{"internal", "Something went wrong on our side: try again"});
    try {
        auto answer = co_await hub_.handlers().authenticate(*handshake_);
        identity = std::move(answer);
    } catch (const std::exception& error) {
        spdlog::error("realtime session {}: the authenticator failed: {}", self->id_, error.what());
    }
    if (state_ == State::gone) co_return;
    handshake_.reset();
    if (identity)
        accept(*std::move(identity));
    else
        decline(identity.error());
}

void Session::accept(Identity identity) {
    hub_.counters().connects_accepted.add();
    hub_.counters().sessions.add();
    identity_ = std::move(identity);
    if (identity_.expires_at) expires_ = hub_.now() + (*identity_.expires_at - std::chrono::system_clock::now());
    state_ = State::connected;
    deadline_ = hub_.now() + hub_.settings().ping_interval;
    send_packet(socket_io::encode_connect(id_));
    try {
        if (hub_.handlers().on_connect) hub_.handlers().on_connect(*this);
    } catch (const std::exception& error) {
        spdlog::error("realtime session {}: on_connect failed: {}", id_, error.what());
        if (connection_ != nullptr) connection_->close(CloseCode::internal_error, "internal error");
    }
}

void Session::decline(const ConnectError& error) {
    hub_.counters().connects_refused.add();
    send_packet(socket_io::encode_connect_error("/", error.code, error.message));
    connection_->close(CloseCode::policy_violation, error.code);
}

void Session::on_event(const socket_io::Packet& packet, TokenBucket::Verdict verdict) {
    if (verdict == TokenBucket::Verdict::refused)
        return refuse(packet.ack_id, 429, "rate_limited", "Too many events: wait a moment and try again");
    if (waiting_.size() >= hub_.settings().events_waiting_max)
        return refuse(packet.ack_id, 429, "too_many_waiting",
                      "Earlier events are not done yet: wait for their answers");
    auto event = socket_io::decode_event(packet.payload);
    if (!event) return refuse(packet.ack_id, 400, "bad_event", socket_io::to_string(event.error()));
    hub_.counters().events_received.add();
    waiting_.push_back({packet.ack_id, *std::move(event)});
    if (std::exchange(running_, true)) return;
    boost::asio::co_spawn(hub_.executor(), run_events(shared_from_this()), boost::asio::detached);
}

void Session::refuse(std::optional<std::uint64_t> ack_id, int status, std::string_view code, std::string_view title) {
    hub_.counters().events_refused.add();
    if (ack_id) send_packet(socket_io::encode_ack(*ack_id, error_ack(status, code, title)));
}

awaitable<void> Session::run_events(std::shared_ptr<Session> self) {
    while (state_ == State::connected && !waiting_.empty()) {
        const auto next = std::move(waiting_.front());
        waiting_.erase(waiting_.begin());
        const auto result = co_await answer(next.event);
        if (state_ == State::connected && next.ack_id) send_packet(socket_io::encode_ack(*next.ack_id, result));
    }
    self->running_ = false;
    if (state_ == State::gone)
        finish();
    else if (hub_.stopping())
        connection_->close(CloseCode::going_away, "shutdown");
}

awaitable<boost::json::value> Session::answer(const socket_io::Event& event) {
    try {
        auto result = co_await hub_.handlers().on_event(*this, event.name, event.args);
        co_return result;
    } catch (const std::exception& error) {
        spdlog::error("realtime session {}: event {} failed: {}", id_, event.name, error.what());
    }
    hub_.counters().events_failed.add();
    co_return error_ack(500, "internal", "Something went wrong on our side: try again");
}

// The connection is gone or going.
void Session::end(std::string_view reason) {
    const bool accepted = state_ == State::connected;
    reason_ = reason;
    last_rooms_ = room_names();
    hub_.leave_all(*this);
    waiting_.clear();
    state_ = State::gone;
    connection_ = nullptr;
    if (!accepted) return;
    hub_.counters().sessions.subtract();
    if (!running_) finish();
}

void Session::finish() {
    if (std::exchange(finished_, true) || !hub_.handlers().on_disconnect) return;
    try {
        hub_.handlers().on_disconnect(*this, reason_);
    } catch (const std::exception& error) {
        spdlog::error("realtime session {}: on_disconnect failed: {}", id_, error.what());
    }
}

void Session::tick(Clock::time_point now) {
    if (expired(now) && !running_) {
        hub_.counters().disconnects_expired.add();
        return connection_->close(CloseCode::policy_violation, "token_expired");
    }
    if (now < deadline_) return;
    if (state_ != State::connected) {
        hub_.counters().disconnects_handshake_timeout.add();
        return connection_->close(CloseCode::policy_violation, "handshake timeout");
    }
    if (pong_due_) {
        hub_.counters().disconnects_ping_timeout.add();
        return connection_->abort("ping timeout");
    }
    pong_due_ = true;
    deadline_ = now + hub_.settings().ping_timeout;
    connection_->send(hub_.ping_frame());
}

}  // namespace liveshop::realtime
