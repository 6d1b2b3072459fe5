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
#include "platform/realtime/outbox.hpp"
#include "platform/realtime/rooms.hpp"
#include "platform/realtime/socket_io.hpp"
#include "platform/realtime/token_bucket.hpp"

namespace liveshop::realtime {

class Connection;
class Hub;

class Session : public Member, public std::enable_shared_from_this<Session> {
  public:
    Session(Hub& hub, std::string id, std::unique_ptr<Handshake> handshake);

    // 20 characters, unguessable, new for every connection.
    const std::string& id() const { return id_; }
    const Identity& identity() const { return identity_; }
    // False from the moment the client is gone, though its handlers may still be running.
    bool connected() const { return state_ == State::connected; }

    // False when the session is gone or already in rooms_per_session_max rooms; joining twice is fine.
    [[nodiscard]] bool join(std::string_view room);
    void leave(std::string_view room);
    // The rooms it is in; once it is gone, those it was in.
    std::vector<std::string> rooms() const;

    // payload_json is one valid JSON value, or empty for none. Nothing happens when the session is gone.
    void emit(std::string_view event, std::string_view payload_json);
    // The client is told and does not come back by itself.
    void disconnect(std::string_view reason);

    // For whoever handles this session's events; this layer never looks.
    std::any& data() { return data_; }

  private:
    friend class Connection;
    friend class Hub;
    using Clock = std::chrono::steady_clock;

    enum class State { waiting, authenticating, connected, gone };

    struct Waiting {
        std::optional<std::uint64_t> ack_id;
        socket_io::Event event;
    };

    // From the connection.
    void on_text(std::string_view text, TokenBucket::Verdict verdict);
    void on_binary();
    void end(std::string_view reason);
    void tick(Clock::time_point now);

    void on_packet(std::string_view text, TokenBucket::Verdict verdict);
    void on_connect(const socket_io::Packet& packet);
    void on_event(const socket_io::Packet& packet, TokenBucket::Verdict verdict);
    void refuse(std::optional<std::uint64_t> ack_id, int status, std::string_view code, std::string_view title);
    void fail(std::string_view what);
    awaitable<void> authenticate(std::shared_ptr<Session> self);
    void accept(Identity identity);
    void decline(const ConnectError& error);
    awaitable<void> run_events(std::shared_ptr<Session> self);
    awaitable<boost::json::value> answer(const socket_io::Event& event);
    void finish();
    bool expired(Clock::time_point now) const { return expires_ && *expires_ <= now; }
    void send_packet(std::string_view packet);

    Hub& hub_;
    Connection* connection_ = nullptr;  // set by the hub; null once gone
    std::string id_;
    State state_ = State::waiting;
    bool running_ = false;   // a coroutine is handling events, one after the other
    bool finished_ = false;  // on_disconnect was called
    bool pong_due_ = false;
    unsigned attachments_due_ = 0;          // binary messages of a refused event still to come
    Clock::time_point deadline_;            // of the handshake, the next ping, or the pong
    std::unique_ptr<Handshake> handshake_;  // until connected
    Identity identity_;
    std::optional<Clock::time_point> expires_;
    std::vector<Waiting> waiting_;
    std::string reason_;
    std::vector<std::string> last_rooms_;
    std::any data_;
};

}  // namespace liveshop::realtime
