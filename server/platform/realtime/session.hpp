#pragma once
// One connected socket.io-client, as the rest of the server sees it. Every function belongs to the thread of its hub,
// which is where the handlers are called; other threads reach a session through a room (see Realtime).
#include <any>
#include <boost/json.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/realtime/handlers.hpp"
#include "platform/realtime/recovery.hpp"
#include "platform/realtime/rooms.hpp"
#include "platform/realtime/socket_io.hpp"
#include "platform/realtime/transport.hpp"

namespace liveshop::realtime {

class Hub;

enum class Joined {
    yes,
    too_many_rooms,  // rooms_per_session_max; or the session is gone
    too_late,        // what was said since then is not kept any more
};

class Session final : public Member, public Receiver, public std::enable_shared_from_this<Session> {
  public:
    Session(Hub& hub, std::unique_ptr<Handshake> handshake);

    // 20 characters, unguessable, of this session alone; a recovered one keeps it.
    const std::string& id() const { return id_; }
    const Identity& identity() const { return identity_; }
    // False from the moment the connection is gone, though its handlers may still be running.
    bool connected() const { return state_ == State::connected; }
    // Whether it goes on where an earlier connection ended.
    bool recovered() const { return recovered_; }

    // False when the session is gone or already in rooms_per_session_max rooms; joining twice is fine.
    [[nodiscard]] bool join(std::string_view room);
    // Joins as if it had done so at `since`: what was said in the room after that follows, in order, after the answer
    // to the event in hand. Whoever reads the room's state in between misses nothing.
    [[nodiscard]] Joined join(std::string_view room, Position since);
    // The last event that this session's thread has delivered: take it first, then read.
    Position position() const;
    void leave(std::string_view room);
    // The rooms it is in; once it is gone, those it was in.
    std::vector<std::string> rooms() const;

    // payload_json is one valid JSON value, or empty for none. Nothing happens when the session is gone.
    void emit(std::string_view event, std::string_view payload_json);
    // The client is told and does not come back by itself.
    void disconnect(std::string_view reason);

    // For whoever handles this session's events; this layer never looks.
    std::any& data() { return data_; }

    bool is_busy() const override { return running_; }

  private:
    friend class Hub;
    using Verdict = TokenBucket::Verdict;

    enum class State { waiting, authenticating, connected, gone };

    struct Waiting {
        std::optional<std::uint64_t> ack_id;
        socket_io::Event event;
    };
    // What a client says that wants its session back.
    struct Claim {
        std::string pid;
        std::string offset;
    };

    // From the transport.
    void on_carried_by(Transport& transport) override { transport_ = &transport; }
    void on_text(std::string_view text, Verdict verdict) override;
    void on_binary() override;
    void on_end(std::string_view reason, Return may_return) override;
    void tick(Clock::time_point now) override;

    void on_packet(std::string_view text, Verdict verdict);
    void on_connect(const socket_io::Packet& packet);
    void on_event(const socket_io::Packet& packet, Verdict verdict);
    void refuse(std::optional<std::uint64_t> ack_id, int status, std::string_view code, std::string_view title);
    void fail(std::string_view what);
    awaitable<void> authenticate(std::shared_ptr<Session> self);
    awaitable<std::expected<Identity, ConnectError>> identify();
    void accept(Identity identity, std::optional<Suspended> before);
    bool resume(Suspended& before);
    void decline(const ConnectError& error);
    awaitable<void> run_events(std::shared_ptr<Session> self);
    awaitable<boost::json::value> answer(const socket_io::Event& event);
    void finish();
    // Its client has another connection already.
    void give_way();
    void deliver(const Frame& frame, Position position, Transport::Urgency urgency);
    bool expired(Clock::time_point now) const { return expires_ && *expires_ <= now; }
    void send_packet(std::string_view packet);

    Hub& hub_;
    Transport* transport_ = nullptr;  // null once gone
    std::string id_;
    std::string pid_;  // empty where sessions are not recovered
    State state_ = State::waiting;
    bool running_ = false;  // a coroutine is handling events, one after the other
    bool recovered_ = false;
    bool pong_due_ = false;
    unsigned attachments_due_ = 0;          // binary messages of a refused event still to come
    Clock::time_point deadline_;            // of the handshake, the next ping, or the pong
    std::unique_ptr<Handshake> handshake_;  // until connected
    Claim claim_;                           // until connected
    Identity identity_;
    std::optional<Clock::time_point> expires_;
    std::vector<Waiting> waiting_;
    Position began_ = 0;
    Position last_sent_ = 0;
    Position last_left_at_ = 0;
    // Once gone, until the last of its handlers is done.
    std::unique_ptr<Suspended> suspended_;
    Return may_return_ = Return::never;
    std::any data_;
};

}  // namespace liveshop::realtime
