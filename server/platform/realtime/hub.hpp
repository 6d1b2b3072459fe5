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
#include "platform/realtime/counters.hpp"
#include "platform/realtime/handlers.hpp"
#include "platform/realtime/outbox.hpp"
#include "platform/realtime/rooms.hpp"
#include "platform/realtime/settings.hpp"

namespace liveshop::realtime {

class Connection;
class Session;

// What the hubs of all threads have in common: read-only, or guarded.
struct Shared {
    const Settings settings;
    const Handlers handlers;
    const std::shared_ptr<Admission> admission;
    const std::shared_ptr<RoomSizes> room_sizes;
};

// Belongs to one io_context and must not be used when that one is gone, but may be destroyed before or after it.
class Hub {
  public:
    using Clock = std::chrono::steady_clock;

    Hub(boost::asio::io_context& io, std::shared_ptr<const Shared> shared);
    ~Hub();
    Hub(const Hub&) = delete;
    Hub& operator=(const Hub&) = delete;

    // Takes over a socket whose upgrade request was read, with the bytes read beyond it. An unacceptable request is
    // answered and the socket closed. The socket must belong to this hub's io_context. `client_address` is what a
    // trusted proxy said; empty takes the socket's own.
    void accept(boost::asio::ip::tcp::socket socket, UpgradeRequest request, std::string remaining_bytes,
                std::string client_address = {});

    // One framed message to everybody in the room.
    void deliver(std::string_view room, const Frame& frame);
    // Ends every session in the room; its client does not come back by itself.
    void disconnect(std::string_view room, std::string_view reason);
    // Takes everybody who is in `selected` out of `room`.
    void evict(std::string_view selected, std::string_view room);

    // Takes nobody new and closes every session, those with an event in hand once it is answered.
    void stop();
    // Ends what stop() left.
    void abort_all();

    boost::asio::io_context::executor_type executor() { return io_.get_executor(); }
    const Counters& counters() const { return counters_; }  // any thread may read them

  private:
    friend class Connection;
    friend class Session;
    class Guard;

    std::expected<Admission::Ticket, UpgradeRefusal> admit(const boost::asio::ip::address& address);
    void begin(Connection& connection, std::string_view accept_key, Handshake handshake, std::string received);
    void refuse(boost::asio::ip::tcp::socket socket, const UpgradeRefusal& refusal);
    void add(const std::shared_ptr<Connection>& connection);
    void remove(Connection& connection);
    void mark_dirty(Connection& connection);
    void mark_waiting(Connection& connection);
    void end_waiting();
    void flush();
    void release();
    void schedule_tick();
    void tick();
    std::vector<std::shared_ptr<Session>> sessions_in(std::string_view room) const;

    void join(Session& session, std::string_view room);
    void leave(Session& session, std::string_view room);
    void leave_all(Session& session);

    const Settings& settings() const { return shared_->settings; }
    const Handlers& handlers() const { return shared_->handlers; }
    Counters& counters() { return counters_; }
    Clock::time_point now() const { return Clock::now(); }
    bool stopping() const { return stopping_; }
    const Frame& ping_frame() const { return ping_frame_; }
    std::span<char> read_buffer() { return read_buffer_; }

    boost::asio::io_context& io_;
    std::shared_ptr<const Shared> shared_;
    Counters counters_;
    Rooms rooms_;
    std::vector<std::shared_ptr<Connection>> connections_;
    std::vector<std::shared_ptr<Connection>> dirty_;    // to be written at the end of this turn
    std::vector<std::shared_ptr<Connection>> waiting_;  // to be written when write_delay is over
    bool stopping_ = false;
    bool ticking_ = false;
    Guard* guard_;
    std::optional<boost::asio::steady_timer> waiting_timer_;
    std::optional<boost::asio::steady_timer> tick_timer_;
    Frame ping_frame_;
    std::vector<char> read_buffer_;  // one for all connections: idle ones cost no memory
};

}  // namespace liveshop::realtime
