#pragma once
// The connections, rooms and timers of one thread. Nothing here is shared but what Shared names; all functions belong
// to the hub's thread unless they say otherwise.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/realtime/admission.hpp"
#include "platform/realtime/answers.hpp"
#include "platform/realtime/counters.hpp"
#include "platform/realtime/event_log.hpp"
#include "platform/realtime/handlers.hpp"
#include "platform/realtime/outbox.hpp"
#include "platform/realtime/recovery.hpp"
#include "platform/realtime/rooms.hpp"
#include "platform/realtime/settings.hpp"
#include "platform/realtime/transport.hpp"
#include "platform/realtime/upgrade.hpp"

namespace liveshop::realtime {

class Polling;
class Session;

// What the hubs of all threads have in common: read-only, or guarded.
struct Shared {
    Shared(Settings settings, Handlers handlers);

    const Settings settings;
    const Handlers handlers;
    const std::shared_ptr<Admission> admission;
    const std::shared_ptr<RoomSizes> room_sizes;
    EventLog log;
    Recovery recovery;
    std::vector<Hub*> hubs;  // complete before any of them runs
};

// Belongs to one io_context and must not be used when that one is gone, but may be destroyed before or after it.
class Hub {
  public:
    using Clock = std::chrono::steady_clock;

    Hub(boost::asio::io_context& io, std::shared_ptr<Shared> shared);
    ~Hub();
    Hub(const Hub&) = delete;
    Hub& operator=(const Hub&) = delete;

    // Takes over a socket whose upgrade request was read, with the bytes read beyond it. An unacceptable request is
    // answered and the socket closed. The socket must belong to this hub's io_context. `client_address` is what a
    // trusted proxy said; empty takes the socket's own.
    void accept(boost::asio::ip::tcp::socket socket, HttpRequest request, std::string remaining_bytes,
                std::string client_address = {});

    // Answers a request of the polling transport, which may belong to another thread's hub: a GET as soon as there is
    // something to say. The body, too, is the caller's to limit while it is read.
    awaitable<HttpAnswer> poll(HttpRequest request, std::string client_address);

    // Takes nobody new and closes every session, those with an event in hand once it is answered.
    void stop();
    // Ends what stop() left.
    void abort_all();

    boost::asio::io_context::executor_type executor() { return io_.get_executor(); }
    const Counters& counters() const { return counters_; }  // any thread may read them

  private:
    friend class Connection;
    friend class Polling;
    friend class Probe;
    friend class Session;
    friend class Transport;
    class Guard;

    std::expected<Admission::Ticket, Refusal> admit(const boost::asio::ip::address& address);
    void accept_upgrade(boost::asio::ip::tcp::socket socket, Upgrade upgrade, const boost::asio::ip::address& address,
                        std::string remaining_bytes);
    void take_upgrade(boost::asio::ip::tcp::socket socket, const Upgrade& upgrade,
                      const boost::asio::ip::address& address, std::string remaining_bytes);
    void refuse(boost::asio::ip::tcp::socket socket, const Refusal& refusal);
    std::string open_packet(std::string sid, bool may_upgrade) const;

    awaitable<HttpAnswer> answer_polling(HttpRequest request, std::string client_address);
    HttpAnswer open_polling(HttpRequest request, const std::string& client_address);
    void take_poll(const std::string& sid, bool is_post, std::string_view body, std::function<void(HttpAnswer)> reply);
    Hub* home_of(std::string_view sid) const;

    void add(const std::shared_ptr<Transport>& transport);
    void remove(Transport& transport);
    void mark_dirty(Transport& transport);
    void mark_waiting(Transport& transport);
    void end_waiting();
    void flush();
    void release();
    void schedule_tick();
    void tick();

    void deliver_due();
    void apply(const LogEntry& entry);
    void deliver(const LogEntry& event);
    std::vector<std::shared_ptr<Session>> sessions_in(std::string_view room) const;

    void add(Session& session);
    void remove(Session& session);
    void join(Session& session, std::string_view room, Position since);
    void leave(Session& session, std::string_view room);
    // Whether the session hears again what was said to `room` behind `since`; then position() is the last of all.
    bool repeat(const Session& session, std::string_view room, Position since);
    // A session whose connection has ended is kept for its client, or is over.
    void part_with(Suspended session, Return may_return);
    void say_gone(const Departure& departure);
    // The session that this person left, taken from whichever thread has it.
    awaitable<std::optional<Suspended>> recover(std::string pid, Identity person);

    const Settings& settings() const { return shared_->settings; }
    const Handlers& handlers() const { return shared_->handlers; }
    EventLog& log() { return shared_->log; }
    Recovery& recovery() { return shared_->recovery; }
    Counters& counters() { return counters_; }
    Clock::time_point now() const { return Clock::now(); }
    bool stopping() const { return stopping_; }
    Position position() const { return position_; }  // of the last event delivered here
    const Frame& ping_frame() const { return ping_frame_; }
    std::span<char> read_buffer() { return read_buffer_; }

    boost::asio::io_context& io_;
    std::shared_ptr<Shared> shared_;
    const std::size_t index_;
    Counters counters_;
    Rooms rooms_;
    StringMap<Session*> sessions_;  // by id
    std::vector<std::shared_ptr<Transport>> transports_;
    StringMap<std::shared_ptr<Polling>> polling_;      // of them, by sid
    std::vector<std::shared_ptr<Transport>> dirty_;    // to be written at the end of this turn
    std::vector<std::shared_ptr<Transport>> waiting_;  // to be written when write_delay is over
    EventLog::Inbox& inbox_;
    Position position_;
    bool delivering_ = false;
    bool stopping_ = false;
    bool ticking_ = false;
    Guard* guard_;
    std::optional<boost::asio::steady_timer> waiting_timer_;
    std::optional<boost::asio::steady_timer> tick_timer_;
    Answers<HttpAnswer> polls_;  // asked of other hubs
    Answers<bool> give_ways_;    // the same
    Frame ping_frame_;
    std::vector<char> read_buffer_;  // one for all connections: idle ones cost no memory
};

}  // namespace liveshop::realtime
