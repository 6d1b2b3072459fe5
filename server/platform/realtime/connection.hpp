#pragma once
// One WebSocket on one TCP socket: the only reader and the only writer of its descriptor. Lives on its hub's thread.
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "platform/realtime/admission.hpp"
#include "platform/realtime/outbox.hpp"
#include "platform/realtime/token_bucket.hpp"
#include "platform/realtime/websocket.hpp"

namespace liveshop::realtime {

class Hub;
class Session;

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    using Clock = std::chrono::steady_clock;

    Connection(Hub& hub, boost::asio::ip::tcp::socket socket, Admission::Ticket ticket, Clock::time_point now);

    // Says `greeting` (the HTTP response and the first frames), then takes what the client had sent already.
    void start(std::shared_ptr<Session> session, Frame greeting, std::string received);

    enum class Urgency { now, may_wait };  // written at the end of this turn, or after write_delay

    // Queues a frame. A receiver over its bound is marked slow here and ended when the hub flushes.
    void send(const Frame& frame, Urgency urgency = Urgency::now);
    // Ends the session for `reason`, says the close frame, waits for the client to hang up, for close_timeout at most.
    void close(websocket::CloseCode code, std::string_view reason);
    // Ends at once, without a word.
    void abort(std::string_view reason);

    void flush();
    void tick(Clock::time_point now);

    Session* session() const { return session_.get(); }

  private:
    friend class Hub;  // keeps place_

    enum class State { open, closing, draining, closed };

    void wait_readable();
    void wait_writable();
    void on_readable();
    void consume(std::span<char> bytes);
    void on_message(const websocket::Message& message, TokenBucket::Verdict verdict);
    void write();
    Outbox::State pump();
    bool over_bound(const Frame& frame) const;
    void end_slow();
    void end_session(std::string_view reason);

    Hub& hub_;
    boost::asio::ip::tcp::socket socket_;
    Admission::Ticket ticket_;
    std::shared_ptr<Session> session_;
    websocket::Decoder decoder_;
    TokenBucket bucket_;
    Outbox outbox_;
    State state_ = State::open;
    bool dirty_ = false;    // in the hub's list of connections to flush
    bool waiting_ = false;  // in its list of those that may wait
    bool blocked_ = false;  // the kernel's buffer is full: waiting for the descriptor
    bool slow_ = false;     // over its bound: ended at the next flush
    Clock::time_point close_by_{};
    std::size_t place_ = 0;  // in the hub's list of connections
};

}  // namespace liveshop::realtime
