// Datagrams in, and the router's timers.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "media/clock.hpp"
#include "media/router.hpp"
#include "media/stun.hpp"

namespace liveshop::media {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::udp;

constexpr auto tick_period = 20ms;
constexpr auto frame_gather_time = 1ms;  // how long the packets of a frame wait for the rest of it
constexpr int resends_per_second = 1000;

}  // namespace

void Router::wait_for_datagrams() {
    socket_.async_wait(udp::socket::wait_read, [this](boost::system::error_code error) {
        if (error) return;  // closed
        now_us_ = steady_now_us();
        receiver_.read(socket_.native_handle(), [this](const BatchReceiver::Datagram& d) { on_datagram(d); });
        output_.flush();
        wait_for_datagrams();
    });
}

// RFC 7983: the first byte tells STUN, DTLS and SRTP apart.
void Router::on_datagram(const BatchReceiver::Datagram& d) {
    ++counters_.datagrams_in;
    counters_.bytes_in += d.bytes.size();
    if (d.bytes.empty()) return counters_.drop(Drop::empty);
    if (d.truncated) return counters_.drop(Drop::oversized);
    if (stun::looks_like_stun(d.bytes)) return on_stun(d.bytes, d.from);
    auto first = d.bytes[0];
    bool dtls = first >= 20 && first <= 63, srtp = first >= 128 && first <= 191;
    if (!dtls && !srtp) return counters_.drop(Drop::unknown_protocol);
    auto* peer = peers_.by_address(d.from);
    if (!peer) return counters_.drop(Drop::unknown_address);  // only who passed a connectivity check is heard
    if (dtls)
        on_dtls(*peer, d.bytes);
    else
        on_srtp(*peer, d);
}

void Router::on_stun(Bytes d, const Endpoint& from) {
    bool known = peers_.by_address(from) != nullptr;
    if (!known && !stun_guard_.allows(from, now_us_)) return counters_.drop(Drop::stun_limited);
    auto fail = [&](Drop reason) {
        counters_.drop(reason);
        stun_guard_.on_failure(from, now_us_);
    };
    auto message = stun::parse(d);
    if (!message) return fail(Drop::stun_malformed);
    if (message->type != stun::binding_request) return fail(Drop::stun_not_a_request);
    auto* peer = peers_.by_ufrag(message->receiver_ufrag());
    if (!peer) return fail(Drop::stun_unknown_user);
    if (!stun::authentic(d, *message, peer->password)) return fail(Drop::stun_bad_integrity);
    peer->alive_us = now_us_;
    peers_.bind(*peer, from);
    // The lite side follows the controlling side's nomination; before it, any pair that works will do.
    if (message->use_candidate || !peer->nominated) peer->selected = from;
    peer->nominated |= message->use_candidate;
    std::array<std::uint8_t, 128> response;
    auto size = stun::write_success(response, message->transaction, from, peer->password);
    output_.send_plain(from, Bytes(response).first(size));
}

void Router::on_dtls(Peer& peer, Bytes d) {
    auto before = peer.dtls->state();
    auto after = peer.dtls->receive(d);
    if (after == before) return;
    if (after == DtlsSession::State::connected) return on_connected(peer);
    bool failed = after == DtlsSession::State::failed;
    counters_.handshakes_failed += failed;
    remove(peer, failed ? reason::handshake_failed : reason::closed_by_peer);
}

void Router::on_connected(Peer& peer) {
    auto keys = peer.dtls->export_keys();
    if (!keys) return remove(peer, reason::handshake_failed);
    peer.receiver.emplace(keys->profile, keys->inbound, LibSrtp::Direction::inbound);
    peer.sender.emplace(*keys);
    peer.resends_left = resends_per_second;
    std::erase(handshaking_, &peer);
    ++counters_.sessions_connected;
    auto& room = *peer.room;
    spdlog::info("media: {} connected room={} subject={} after_ms={}",
                 peer.action == Action::view ? "viewer" : "publisher", room.name(), peer.subject,
                 (now_us_ - peer.created_us) / 1000);
    if (peer.action == Action::view) {
        room.start_viewer(peer, now_us_);
        return tell("viewer_connected", peer);
    }
    if (room.successor() == &peer) {
        room.set_successor(nullptr);
        if (room.publisher()) remove(*room.publisher(), reason::replaced);
        install_publisher(room, peer);
    }
    tell("publisher_connected", peer);
}

void Router::on_srtp(Peer& peer, const BatchReceiver::Datagram& d) {
    if (!peer.receiver) return counters_.drop(Drop::not_connected);
    bool control = rtp::is_rtcp(d.bytes);
    if (!control && output_.lose_one()) return;
    auto size = control ? peer.receiver->unprotect_rtcp(d.bytes) : peer.receiver->unprotect_rtp(d.bytes);
    if (!size) return counters_.drop(Drop::srtp_failed);
    auto plain = d.bytes.first(*size);
    auto& room = *peer.room;
    if (peer.action == Action::view) {
        if (control) room.on_viewer_rtcp(peer, plain, now_us_);
        return;
    }
    if (room.publisher() != &peer) return;
    if (control) return room.on_publisher_rtcp(plain, now_us_);
    if (room.on_media(plain, d.arrival_us, now_us_)) wait_for_frame();
}

void Router::wait_for_frame() {
    if (frame_timer_armed_) return;
    frame_timer_armed_ = true;
    frame_timer_.expires_after(frame_gather_time);
    frame_timer_.async_wait([this](boost::system::error_code error) {
        frame_timer_armed_ = false;
        if (error) return;  // stopped
        now_us_ = steady_now_us();
        for (auto& [name, room] : rooms_) room->send_pending();
        output_.flush();
    });
}

void Router::wait_for_tick() {
    tick_timer_.expires_after(tick_period);
    tick_timer_.async_wait([this](boost::system::error_code error) {
        if (error || stopped_) return;
        on_tick();
        wait_for_tick();
    });
}

void Router::on_tick() {
    now_us_ = steady_now_us();
    ++tick_;
    removed_.clear();
    for (auto& [name, room] : rooms_) room->on_tick(tick_, now_us_);
    auto handshaking = handshaking_;
    for (auto* peer : handshaking) {
        if (!peer->room) continue;
        peer->dtls->on_timer();
        if (peer->dtls->state() == DtlsSession::State::failed) {
            ++counters_.handshakes_failed;
            remove(*peer, reason::handshake_failed);
        }
    }
    auto slot = peers_.slot(tick_);
    for (auto* peer : slot)
        if (peer->room) on_peer_tick(*peer);
    output_.flush();
}

// Once a second for each peer.
void Router::on_peer_tick(Peer& peer) {
    peer.resends_left = resends_per_second;
    if (!peer.connected() && now_us_ - peer.created_us > settings_.connect_timeout_s * second_us) {
        ++counters_.sessions_expired;
        return remove(peer, reason::connect_timeout);
    }
    if (now_us_ - peer.alive_us > settings_.consent_timeout_s * second_us) {
        ++counters_.sessions_expired;
        return remove(peer, reason::consent_expired);
    }
    if (peer.action == Action::view && peer.connected()) peer.room->send_sender_reports(peer, now_us_);
}

}  // namespace liveshop::media
