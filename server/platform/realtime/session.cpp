#include "platform/realtime/session.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "platform/realtime/engine_io.hpp"
#include "platform/realtime/hub.hpp"

namespace liveshop::realtime {

using websocket::CloseCode;

Session::Session(Hub& hub, std::unique_ptr<Handshake> handshake)
    : hub_(hub),
      id_(random_id()),
      deadline_(hub.now() + hub.settings().handshake_timeout),
      handshake_(std::move(handshake)) {}

bool Session::join(std::string_view room) { return join(room, hub_.position()) == Joined::yes; }

Joined Session::join(std::string_view room, Position since) {
    if (state_ != State::connected) return Joined::too_many_rooms;
    if (is_in(room)) return Joined::yes;
    if (room_count() >= hub_.settings().rooms_per_session_max) return Joined::too_many_rooms;
    if (since < hub_.position() && !hub_.repeat(*this, room, since)) return Joined::too_late;
    hub_.join(*this, room, hub_.position());
    return Joined::yes;
}

Position Session::position() const { return hub_.position(); }

void Session::leave(std::string_view room) {
    if (is_in(room)) last_left_at_ = hub_.position();
    hub_.leave(*this, room);
}

std::vector<std::string> Session::rooms() const {
    std::vector<std::string> names;
    for (auto& placement : suspended_ ? suspended_->rooms : placements()) names.push_back(placement.room);
    return names;
}

void Session::emit(std::string_view event, std::string_view payload_json) {
    if (state_ != State::connected) return;
    hub_.log().say_to_session(id_, event, payload_json);
    hub_.deliver_due();  // before whatever it is answered next
}

void Session::deliver(const Frame& frame, Position position, Transport::Urgency urgency) {
    last_sent_ = position;
    transport_->send(frame, urgency);
}

void Session::disconnect(std::string_view reason) {
    if (state_ == State::gone) return;
    send_packet(socket_io::disconnect_packet);
    transport_->close(CloseCode::normal, reason, Return::never);
}

void Session::send_packet(std::string_view packet) { transport_->send(text_frame(packet), Transport::Urgency::now); }

// The client broke the protocol.
void Session::fail(std::string_view what) {
    spdlog::debug("realtime session {} closed: {}", id_, what);
    hub_.counters().disconnects_protocol_error.add();
    transport_->close(CloseCode::policy_violation, what, Return::never);
}

void Session::on_text(std::string_view text, Verdict verdict) {
    if (attachments_due_ > 0) return fail("expected a binary attachment");
    const auto packet = engine_io::decode(text);
    if (!packet) return fail("unknown Engine.IO packet");
    switch (packet->type) {
        case engine_io::PacketType::message:
            return on_packet(packet->data, verdict);
        case engine_io::PacketType::close:
            return transport_->close(CloseCode::normal, "client closed", Return::possible);
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
    if (attachments_due_ == 0)
        return transport_->close(CloseCode::unsupported_data, "binary messages are not taken", Return::never);
    --attachments_due_;
}

void Session::on_packet(std::string_view text, Verdict verdict) {
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
            return transport_->close(CloseCode::normal, "client disconnected", Return::never);
        case socket_io::PacketType::ack:
        case socket_io::PacketType::binary_ack:
            return;  // no event of ours asks for one
        case socket_io::PacketType::connect:
        case socket_io::PacketType::connect_error:
            return fail("unexpected Socket.IO packet");
    }
}

void Session::on_event(const socket_io::Packet& packet, Verdict verdict) {
    if (verdict == Verdict::refused)
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
        transport_->close(CloseCode::going_away, "shutdown", Return::never);
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

void Session::on_end(std::string_view reason, Return may_return) {
    const bool was_accepted = state_ == State::connected;
    state_ = State::gone;
    transport_ = nullptr;
    waiting_.clear();
    if (!was_accepted) return;
    suspended_ = std::make_unique<Suspended>(Suspended{.pid = pid_,
                                                       .id = id_,
                                                       .departure = {.identity = identity_,
                                                                     .rooms = {},
                                                                     .reason = std::string(reason),
                                                                     .at = std::chrono::system_clock::now(),
                                                                     .data = {}},
                                                       .rooms = placements(),
                                                       .began = began_,
                                                       .ended = hub_.position(),
                                                       .last_sent = last_sent_,
                                                       .last_left_at = last_left_at_});
    may_return_ = may_return;
    hub_.remove(*this);
    if (!running_) finish();
}

void Session::finish() {
    if (!suspended_) return;
    suspended_->departure.data = std::move(data_);
    auto session = *std::move(suspended_);
    suspended_.reset();
    hub_.part_with(std::move(session), may_return_);
}

void Session::tick(Clock::time_point now) {
    if (expired(now) && !running_) {
        hub_.counters().disconnects_expired.add();
        return transport_->close(CloseCode::policy_violation, "token_expired", Return::possible);
    }
    if (now < deadline_) return;
    if (state_ != State::connected) {
        hub_.counters().disconnects_handshake_timeout.add();
        return transport_->close(CloseCode::policy_violation, "handshake timeout", Return::never);
    }
    if (pong_due_) {
        hub_.counters().disconnects_ping_timeout.add();
        return transport_->abort("ping timeout");
    }
    pong_due_ = true;
    deadline_ = now + hub_.settings().ping_timeout;
    transport_->send(hub_.ping_frame(), Transport::Urgency::now);
}

}  // namespace liveshop::realtime
