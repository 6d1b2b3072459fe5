#pragma once
// What carries one client's packets: a WebSocket, or HTTP requests that wait for their answers. It bounds what waits to
// go out and what comes in. Lives on its hub's thread.
#include <chrono>
#include <memory>
#include <string_view>

#include "platform/realtime/admission.hpp"
#include "platform/realtime/outbox.hpp"
#include "platform/realtime/token_bucket.hpp"
#include "platform/realtime/websocket.hpp"

namespace liveshop::realtime {

class Hub;
class Transport;

// Whether the client may take up its session again where it was.
enum class Return { possible, never };

// Who hears what a transport receives.
class Receiver {
  public:
    using Clock = std::chrono::steady_clock;

    virtual ~Receiver() = default;
    // From here on this transport carries it.
    virtual void on_carried_by(Transport& transport) = 0;
    virtual void on_text(std::string_view text, TokenBucket::Verdict verdict) = 0;
    virtual void on_binary() = 0;
    // The transport is gone or going. Comes last, and once.
    virtual void on_end(std::string_view reason, Return may_return) = 0;
    virtual void tick(Clock::time_point now) = 0;
    virtual bool is_busy() const = 0;  // with what a client waits to be answered
};

class Transport : public std::enable_shared_from_this<Transport> {
  public:
    using Clock = std::chrono::steady_clock;

    enum class Urgency { now, may_wait };  // written at the end of this turn, or after write_delay

    virtual ~Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    // Queues a frame. A receiver over its bound is marked slow here and ended when the hub flushes.
    void send(const Frame& frame, Urgency urgency);
    // Ends the session for `reason`, says goodbye, waits for the client to take it, for close_timeout at most.
    void close(websocket::CloseCode code, std::string_view reason, Return may_return);
    // Ends at once, without a word.
    void abort(std::string_view reason);

    void flush();
    void tick(Clock::time_point now);
    bool is_busy() const { return receiver_ && receiver_->is_busy(); }
    // By which HTTP requests find it, if they are what it is made of.
    virtual std::string_view polling_sid() const { return {}; }

  protected:
    enum class State { open, closing, draining, closed };

    Transport(Hub& hub, Admission::Ticket ticket, Clock::time_point now);

    void carry(std::shared_ptr<Receiver> receiver);

    // Writes what it can of the outbox, and goes on when there is room for more.
    virtual void write() = 0;
    // Room is wanted at once, in the middle of a turn.
    virtual void relieve() = 0;
    virtual Frame goodbye(websocket::CloseCode code, std::string_view reason) const = 0;
    // Lets go of whatever the client holds on to.
    virtual void cut() = 0;

    Hub& hub_;
    std::shared_ptr<Receiver> receiver_;
    Outbox outbox_;
    TokenBucket bucket_;
    State state_ = State::open;
    bool blocked_ = false;  // nothing can be written now: write() is called when that changes
    bool slow_ = false;     // over its bound: ended at the next flush

  private:
    friend class Hub;  // keeps its place, and what it is waiting for

    bool over_bound(const Frame& frame) const;
    void end_slow();
    void end_receiver(std::string_view reason, Return may_return);

    Admission::Ticket ticket_;
    Clock::time_point close_by_{};
    bool dirty_ = false;    // in the hub's list of those to flush
    bool waiting_ = false;  // in its list of those that may wait
    std::size_t place_ = 0;
};

// A packet of Engine.IO as it goes out over a WebSocket; over polling without the frame around it.
Frame text_frame(std::string_view packet);

}  // namespace liveshop::realtime
