#include "platform/realtime/connection.hpp"

#include <sys/socket.h>

#include <cerrno>

#include "platform/realtime/hub.hpp"
#include "platform/realtime/session.hpp"

namespace liveshop::realtime {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;
using websocket::CloseCode;
using websocket::Opcode;

}  // namespace

Connection::Connection(Hub& hub, tcp::socket socket, Admission::Ticket ticket, Clock::time_point now)
    : hub_(hub),
      socket_(std::move(socket)),
      ticket_(std::move(ticket)),
      decoder_(hub.settings().message_bytes_max),
      bucket_(hub.settings().events_per_second, hub.settings().events_burst, now) {
    error_code ignored;  // a socket that is already dead says so at its first read
    socket_.set_option(tcp::no_delay(true), ignored);
}

void Connection::start(std::shared_ptr<Session> session, Frame greeting, std::string received) {
    session_ = std::move(session);
    send(greeting);
    consume(received);
    if (state_ != State::closed) wait_readable();
}

bool Connection::over_bound(const Frame& frame) const {
    return outbox_.bytes() + frame->size() > hub_.settings().queue_bytes_max ||
           outbox_.frames() >= hub_.settings().queue_messages_max;
}

void Connection::send(const Frame& frame, Urgency urgency) {
    if (state_ != State::open || slow_) return;
    if (over_bound(frame) && !blocked_) pump();  // much in one turn is not yet slow
    slow_ = over_bound(frame);
    if (!slow_) outbox_.push(frame);
    if (blocked_ && !slow_) return;  // written when the descriptor is ready
    if (urgency == Urgency::may_wait)
        hub_.mark_waiting(*this);
    else
        hub_.mark_dirty(*this);
}

void Connection::close(CloseCode code, std::string_view reason) {
    if (state_ != State::open) return;
    state_ = State::closing;
    close_by_ = hub_.now() + hub_.settings().close_timeout;
    outbox_.push(std::make_shared<const std::string>(websocket::encode_close(code, reason)));
    if (!blocked_) hub_.mark_dirty(*this);
    end_session(reason);
}

void Connection::abort(std::string_view reason) {
    if (state_ == State::closed) return;
    const auto self = shared_from_this();
    state_ = State::closed;
    error_code ignored;  // nothing is left to be told
    socket_.close(ignored);
    end_session(reason);
    hub_.remove(*this);
}

void Connection::end_session(std::string_view reason) {
    if (const auto session = std::exchange(session_, nullptr)) session->end(reason);
}

void Connection::end_slow() {
    hub_.counters().disconnects_slow.add();
    outbox_.drop_unbegun();
    close(CloseCode::try_again_later, "slow");
}

void Connection::flush() {
    dirty_ = false;
    if (slow_ && state_ == State::open) end_slow();
    if (!blocked_) write();
}

Outbox::State Connection::pump() {
    std::size_t bytes = 0;
    std::size_t calls = 0;
    const auto result = outbox_.write(socket_.native_handle(), bytes, calls);
    hub_.counters().bytes_sent.add(bytes);
    hub_.counters().writes.add(calls);
    if (result == Outbox::State::blocked) wait_writable();
    return result;
}

void Connection::write() {
    if (state_ == State::closed) return;
    const auto result = pump();
    if (result == Outbox::State::broken) return abort("connection lost");
    if (result == Outbox::State::blocked || state_ != State::closing) return;
    state_ = State::draining;
    error_code ignored;  // the client may have gone first
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void Connection::wait_writable() {
    blocked_ = true;
    socket_.async_wait(tcp::socket::wait_write, [self = shared_from_this()](error_code error) {
        self->blocked_ = false;
        if (!error) self->write();
    });
}

void Connection::wait_readable() {
    socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](error_code error) {
        if (!error) self->on_readable();
    });
}

void Connection::on_readable() {
    if (state_ == State::closed) return;
    const auto buffer = hub_.read_buffer();
    const auto received = ::recv(socket_.native_handle(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    const bool nothing = received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
    if (received == 0 || (received < 0 && !nothing)) return abort("connection lost");
    if (received > 0) {
        hub_.counters().bytes_received.add(static_cast<std::uint64_t>(received));
        consume(buffer.first(static_cast<std::size_t>(received)));
    }
    if (state_ != State::closed) wait_readable();
}

// After a close frame was sent, what still arrives is read and dropped.
void Connection::consume(std::span<char> bytes) {
    const auto now = hub_.now();
    while (state_ == State::open) {
        const auto frames_before = decoder_.frames();
        const auto message = decoder_.next(bytes);
        const auto verdict = bucket_.take(static_cast<double>(decoder_.frames() - frames_before), now);
        if (verdict == TokenBucket::Verdict::flooding) {
            hub_.counters().disconnects_flooding.add();
            return close(CloseCode::policy_violation, "flooding");
        }
        if (!message) {
            hub_.counters().disconnects_protocol_error.add();
            return close(message.error(), "protocol error");
        }
        if (!*message) return;
        on_message(**message, verdict);
    }
}

void Connection::on_message(const websocket::Message& message, TokenBucket::Verdict verdict) {
    const auto session = session_;  // stays while it works, even if it ends itself
    switch (message.opcode) {
        case Opcode::text:
            return session->on_text(message.payload, verdict);
        case Opcode::binary:
            return session->on_binary();
        case Opcode::ping:
            return send(std::make_shared<const std::string>(websocket::encode(Opcode::pong, message.payload)));
        case Opcode::close: {
            const auto theirs = websocket::decode_close(message.payload);
            const bool coded = theirs && theirs->code != CloseCode::no_status;
            return close(!theirs ? theirs.error() : coded ? theirs->code : CloseCode::normal, "client closed");
        }
        case Opcode::pong:
        case Opcode::continuation:
            return;
    }
}

void Connection::tick(Clock::time_point now) {
    if (state_ == State::open)
        session_->tick(now);
    else if (now >= close_by_)
        abort("close timeout");
}

}  // namespace liveshop::realtime
