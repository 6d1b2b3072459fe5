// Rooms and sessions on one thread with one UDP socket. Several routers, each on a thread of its own, would share
// nothing.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <expected>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "media/counters.hpp"
#include "media/errors.hpp"
#include "media/events.hpp"
#include "media/grant.hpp"
#include "media/media.hpp"
#include "media/output.hpp"
#include "media/peers.hpp"
#include "media/room.hpp"
#include "media/sdp.hpp"
#include "media/stun_guard.hpp"
#include "media/udp_socket.hpp"

namespace liveshop::media {

struct RoomStatus {
    std::string room;
    bool publisher_connected = false;
    std::size_t viewers = 0;
    int bitrate_in_kbps = 0, bitrate_out_kbps = 0;  // over the last second
};

class Router {
  public:
    // Opens the socket; `settings` must be valid. Handlers run on `io`, which one thread runs.
    Router(boost::asio::io_context& io, const Settings& settings, EventListener);
    ~Router();

    struct Created {
        std::string session, answer;
    };
    // The grant has been verified, and is for this room and action.
    std::expected<Created, Refusal> publish(const Grant&, const sdp::Offer&);
    std::expected<Created, Refusal> view(const Grant&, const sdp::Offer&);
    // Nothing unless the session lives, in this room and with this action.
    const Peer* find(std::string_view room, Action, std::string_view session) const;
    bool remove(std::string_view room, Action, std::string_view session);

    // How many sessions were closed. With `refuse_for_s` nobody gets in for so long, whatever grant they have: as long
    // as the longest-lived grant, and the room is closed for good.
    std::size_t close_room(std::string_view room, int refuse_for_s = 0);
    std::size_t close_publisher(std::string_view room);
    // Closes every session and the socket. Nothing is served afterwards.
    void stop();

    std::vector<RoomStatus> rooms() const;
    // Nothing if there is no such room, or no picture yet: to be asked for again in a moment.
    std::optional<Snapshot> snapshot(std::string_view room);
    // Of a room, this one or one of that name before.
    std::vector<RecordedFile> recordings(std::string_view room) const;
    std::size_t session_count() const { return peers_.size(); }
    std::size_t viewer_count() const { return viewers_; }
    std::size_t recording_count() const;
    std::uint64_t recording_dropped_bytes() const { return recorder_ ? recorder_->dropped_bytes() : 0; }
    const Counters& counters() const { return counters_; }
    std::uint16_t udp_port() const { return udp_port_; }

  private:
    Room* find_room(std::string_view) const;
    bool is_closed(std::string_view room) const;
    void forget_closed();
    Peer& add_peer(Room&, const Grant&, const sdp::Offer&);
    sdp::Transport transport(const Peer&) const;
    void install_publisher(Room&, Peer&);
    void remove(Peer&, std::string_view reason);
    void tell(std::string_view event, const Peer&, std::string_view reason = {}) const;

    void wait_for_datagrams();
    void on_datagram(const BatchReceiver::Datagram&);
    void on_stun(Bytes, const Endpoint&);
    void on_dtls(Peer&, Bytes);
    void on_srtp(Peer&, const BatchReceiver::Datagram&);
    void on_connected(Peer&);
    void wait_for_frame();

    void wait_for_tick();
    void on_tick();
    void on_peer_tick(Peer&);

    const Settings settings_;
    EventListener listener_;
    Counters counters_;
    boost::asio::ip::udp::socket socket_;
    std::uint16_t udp_port_;
    boost::asio::steady_timer tick_timer_, frame_timer_;
    bool frame_timer_armed_ = false;
    DtlsContext dtls_;
    BatchReceiver receiver_;
    Output output_;
    StunGuard stun_guard_;
    std::optional<Recorder> recorder_;
    std::unordered_map<std::string, std::int64_t, TextHash, std::equal_to<>> closed_;  // until when, steady clock
    std::unordered_map<std::string, std::unique_ptr<Room>, TextHash, std::equal_to<>> rooms_;
    Peers peers_;
    std::vector<Peer*> handshaking_;
    std::vector<std::unique_ptr<Peer>> removed_;  // destroyed by the next tick, when nobody looks at them any more
    std::size_t viewers_ = 0;                     // connecting ones included
    std::uint64_t tick_ = 0;
    bool stopped_ = false;
    std::int64_t now_us_ = 0;  // when the current event happened
};

}  // namespace liveshop::media
