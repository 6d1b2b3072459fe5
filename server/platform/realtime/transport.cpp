#include "platform/realtime/transport.hpp"

#include <utility>

#include "platform/realtime/hub.hpp"

namespace liveshop::realtime {

using websocket::CloseCode;

Transport::Transport(Hub& hub, Admission::Ticket ticket, Clock::time_point now)
    : hub_(hub),
      bucket_(hub.settings().events_per_second, hub.settings().events_burst, now),
      ticket_(std::move(ticket)) {}

void Transport::carry(std::shared_ptr<Receiver> receiver) {
    receiver_ = std::move(receiver);
    receiver_->on_carried_by(*this);
}

bool Transport::over_bound(const Frame& frame) const {
    return outbox_.bytes() + frame->size() > hub_.settings().queue_bytes_max ||
           outbox_.frames() >= hub_.settings().queue_messages_max;
}

void Transport::send(const Frame& frame, Urgency urgency) {
    if (state_ != State::open || slow_) return;
    if (over_bound(frame) && !blocked_) relieve();  // much in one turn is not yet slow
    slow_ = over_bound(frame);
    if (!slow_) outbox_.push(frame);
    if (blocked_ && !slow_) return;
    if (urgency == Urgency::may_wait)
        hub_.mark_waiting(*this);
    else
        hub_.mark_dirty(*this);
}

void Transport::close(CloseCode code, std::string_view reason, Return may_return) {
    if (state_ != State::open) return;
    state_ = State::closing;
    close_by_ = hub_.now() + hub_.settings().close_timeout;
    outbox_.push(goodbye(code, reason));
    if (!blocked_) hub_.mark_dirty(*this);
    end_receiver(reason, may_return);
}

void Transport::abort(std::string_view reason) {
    if (state_ == State::closed) return;
    const auto self = shared_from_this();
    state_ = State::closed;
    cut();
    end_receiver(reason, Return::possible);
    hub_.remove(*this);
}

void Transport::end_receiver(std::string_view reason, Return may_return) {
    if (const auto receiver = std::exchange(receiver_, nullptr)) receiver->on_end(reason, may_return);
}

void Transport::end_slow() {
    hub_.counters().disconnects_slow.add();
    outbox_.drop_unbegun();
    close(CloseCode::try_again_later, "slow", Return::possible);
}

void Transport::flush() {
    dirty_ = false;
    if (slow_ && state_ == State::open) end_slow();
    if (!blocked_ && state_ != State::closed) write();
}

void Transport::tick(Clock::time_point now) {
    if (state_ == State::open)
        receiver_->tick(now);
    else if (now >= close_by_)
        abort("close timeout");
}

Frame text_frame(std::string_view packet) {
    return std::make_shared<const std::string>(websocket::encode(websocket::Opcode::text, packet));
}

}  // namespace liveshop::realtime
