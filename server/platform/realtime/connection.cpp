#include "platform/realtime/connection.hpp"

#include <sys/socket.h>

#include <cerrno>

#include "platform/realtime/hub.hpp"

namespace liveshop::realtime {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;
using websocket::CloseCode;
using websocket::Opcode;

}  // namespace

Connection::Connection(Hub& hub, tcp::socket socket, Admission::Ticket ticket, Clock::time_point now)
    : Transport(hub, std::move(ticket), now), socket_(std::move(socket)), decoder_(hub.settings().message_bytes_max) {
    error_code ignored;  // a socket that is already dead says so at its first read
    socket_.set_option(tcp::no_delay(true), ignored);
}

void Connection::start(std::shared_ptr<Receiver> receiver, Frame greeting, std::string received) {
    carry(std::move(receiver));
    send(greeting, Urgency::now);
    consume(received);
    if (state_ != State::closed) wait_readable();
}

std::shared_ptr<Connection> Connection::self() { return std::static_pointer_cast<Connection>(shared_from_this()); }

Frame Connection::goodbye(CloseCode code, std::string_view reason) const {
    return std::make_shared<const std::string>(websocket::encode_close(code, reason));
}

void Connection::cut() {
    error_code ignored;  // nothing is left to be told
    socket_.close(ignored);
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
    const auto result = pump();
    if (result == Outbox::State::broken) return abort("connection lost");
    if (result == Outbox::State::blocked || state_ != State::closing) return;
    state_ = State::draining;
    error_code ignored;  // the client may have gone first
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void Connection::wait_writable() {
    blocked_ = true;
    socket_.async_wait(tcp::socket::wait_write, [self = self()](error_code error) {
        self->blocked_ = false;
        if (!error && self->state_ != State::closed) self->write();
    });
}

void Connection::wait_readable() {
    socket_.async_wait(tcp::socket::wait_read, [self = self()](error_code error) {
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
            return close(CloseCode::policy_violation, "flooding", Return::never);
        }
        if (!message) {
            hub_.counters().disconnects_protocol_error.add();
            return close(message.error(), "protocol error", Return::never);
        }
        if (!*message) return;
        on_message(**message, verdict);
    }
}

void Connection::on_message(const websocket::Message& message, TokenBucket::Verdict verdict) {
    const auto receiver = receiver_;  // stays while it works, even if it ends itself
    switch (message.opcode) {
        case Opcode::text:
            return receiver->on_text(message.payload, verdict);
        case Opcode::binary:
            return receiver->on_binary();
        case Opcode::ping:
            return send(std::make_shared<const std::string>(websocket::encode(Opcode::pong, message.payload)),
                        Urgency::now);
        case Opcode::close: {
            const auto theirs = websocket::decode_close(message.payload);
            const bool coded = theirs && theirs->code != CloseCode::no_status;
            // A browser that leaves the page says "going away": nobody is left there who could come back.
            const bool has_left = theirs && theirs->code == CloseCode::going_away;
            return close(!theirs ? theirs.error()
                         : coded ? theirs->code
                                 : CloseCode::normal,
                         "client closed", has_left ? Return::never : Return::possible);
        }
        case Opcode::pong:
        case Opcode::continuation:
            return;
    }
}

}  // namespace liveshop::realtime
