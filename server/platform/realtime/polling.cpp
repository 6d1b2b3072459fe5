#include "platform/realtime/polling.hpp"

#include <utility>
#include <vector>

#include "platform/realtime/connection.hpp"
#include "platform/realtime/engine_io.hpp"
#include "platform/realtime/hub.hpp"

namespace liveshop::realtime {
namespace {

using websocket::CloseCode;

// A client that stops asking waits for the GET under way.
constexpr std::chrono::milliseconds hurry_interval{100};

Refusal bad_request(std::string code, std::string message) {
    return {400, std::move(code), "Bad request: " + message, EngineError::bad_request};
}

}  // namespace

Polling::Polling(Hub& hub, std::string sid, Admission::Ticket ticket, Clock::time_point now)
    : Transport(hub, std::move(ticket), now), sid_(std::move(sid)) {
    blocked_ = true;
}

void Polling::get(Reply reply) {
    if (reply_) {
        hub_.counters().disconnects_protocol_error.add();
        reply(answer_of(bad_request("poll_overlap", "ask again when the last answer is there")));
        return close(CloseCode::policy_violation, "two polls at once", Return::possible);
    }
    reply_ = std::move(reply);
    blocked_ = false;
    if (outbox_.frames() > 0) hub_.mark_dirty(*this);
}

// A goodbye goes in an answer of its own: a client acts on it before it has read what stands in front of it.
void Polling::write() {
    if (outbox_.frames() == 0 || !reply_) return;
    auto frames = outbox_.take_all();
    const bool says_goodbye = state_ == State::closing && frames.size() == 1;
    if (state_ == State::closing && !says_goodbye) {
        outbox_.push(frames.back());
        frames.pop_back();
    }
    std::vector<std::string_view> packets;
    packets.reserve(frames.size());
    for (const auto& frame : frames) packets.push_back(websocket::payload_of(*frame));
    answer(engine_io::encode_payload(packets));
    if (!says_goodbye) return;
    const auto self = shared_from_this();
    state_ = State::closed;
    hub_.remove(*this);
}

void Polling::answer(std::string body) {
    blocked_ = true;
    hub_.counters().bytes_sent.add(body.size());
    hub_.counters().writes.add();
    std::exchange(reply_, nullptr)({.body = std::move(body), .headers = {}});
}

// A close packet ends the session at the client whatever the code would have said.
Frame Polling::goodbye(CloseCode, std::string_view) const { return text_frame(engine_io::close_packet); }

void Polling::cut() {
    if (reply_) answer(std::string(engine_io::close_packet));
}

HttpAnswer Polling::end_faulty(const Refusal& refusal, CloseCode code) {
    hub_.counters().disconnects_protocol_error.add();
    close(code, refusal.code, Return::never);
    return answer_of(refusal);
}

HttpAnswer Polling::post(std::string_view body) {
    if (state_ != State::open) return answer_of(session_unknown());
    hub_.counters().bytes_received.add(body.size());
    if (body.size() > hub_.settings().message_bytes_max)
        return end_faulty(
            {413, "payload_too_large", "Bad request: send less at a time, see maxPayload", EngineError::bad_request},
            CloseCode::message_too_big);
    if (!websocket::valid_utf8(body))
        return end_faulty(bad_request("bad_payload", "the body is not UTF-8"), CloseCode::invalid_payload);
    engine_io::PayloadReader reader(body);
    const auto now = hub_.now();
    while (const auto packet = state_ == State::open ? reader.next() : std::nullopt) {
        const auto verdict = bucket_.take(1, now);
        if (verdict == TokenBucket::Verdict::flooding) {
            hub_.counters().disconnects_flooding.add();
            close(CloseCode::policy_violation, "flooding", Return::never);
            return answer_of({429, "flooding", "Too many packets: wait a moment and connect anew"});
        }
        if (!take(*packet, verdict))
            return end_faulty(bad_request("bad_payload", "the body is no Engine.IO payload"),
                              CloseCode::policy_violation);
    }
    return {.body = "ok", .headers = {}};
}

bool Polling::take(std::string_view packet, TokenBucket::Verdict verdict) {
    const auto receiver = receiver_;  // stays while it works, even if it ends itself
    if (packet.empty()) return false;
    if (packet.front() != 'b') {
        receiver->on_text(packet, verdict);
        return true;
    }
    if (!engine_io::base64_length(packet.substr(1))) return false;
    receiver->on_binary();
    return true;
}

void Polling::begin_upgrade() {
    hurry_timer_.emplace(hub_.executor());
    hurry();
}

void Polling::hurry() {
    if (reply_ && outbox_.frames() == 0) answer(std::string(engine_io::noop_packet));
    hurry_timer_->expires_after(hurry_interval);
    hurry_timer_->async_wait([weak = weak_from_this()](boost::system::error_code error) {
        const auto self = std::static_pointer_cast<Polling>(weak.lock());
        if (!error && self && self->state_ == State::open) self->hurry();
    });
}

void Polling::cancel_upgrade() {
    hurry_timer_.reset();
    upgrade_.reset();
}

bool Polling::upgrade_to(Connection& connection) {
    if (slow_) flush();
    if (state_ != State::open) return false;
    const auto self = shared_from_this();
    cancel_upgrade();
    if (reply_) answer(std::string(engine_io::noop_packet));
    state_ = State::closed;
    connection.carry_instead(std::exchange(receiver_, nullptr));
    for (const auto& frame : outbox_.take_all()) connection.send(frame, Urgency::now);
    hub_.remove(*this);
    return true;
}

}  // namespace liveshop::realtime
