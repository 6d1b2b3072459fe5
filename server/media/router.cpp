// Sessions: how they begin and end.
#include "media/router.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "media/clock.hpp"
#include "media/negotiation.hpp"
#include "media/random.hpp"

namespace liveshop::media {
namespace {

constexpr std::size_t closed_max = 100'000;

Refusal room_closed() { return {Errc::room_closed, "What was shown here is over."}; }

}  // namespace

Router::Router(boost::asio::io_context& io, const Settings& settings, EventListener listener)
    : settings_(settings),
      listener_(std::move(listener)),
      socket_(open_udp_socket(io, settings.udp_address, settings.udp_port, settings.kernel_timestamps)),
      udp_port_(socket_.local_endpoint().port()),
      tick_timer_(io),
      frame_timer_(io),
      output_(socket_.native_handle(), settings_, counters_),
      now_us_(steady_now_us()) {
    if (!settings_.recordings_directory.empty()) recorder_.emplace(settings_.recordings_directory);
    wait_for_datagrams();
    wait_for_tick();
}

Router::~Router() = default;

Room* Router::find_room(std::string_view name) const {
    auto found = rooms_.find(name);
    return found == rooms_.end() ? nullptr : found->second.get();
}

Peer& Router::add_peer(Room& room, const Grant& grant, const sdp::Offer& offer) {
    auto owned = std::make_unique<Peer>();
    auto& peer = *owned;
    peer.id = random_hex<16>();
    peer.ufrag = random_hex<8>();
    peer.password = random_hex<16>();
    peer.remote_ufrag = offer.ufrag;
    peer.subject = grant.subject;
    peer.action = grant.action;
    peer.record = grant.record;
    peer.room = &room;
    peer.created_us = peer.alive_us = steady_now_us();
    peer.dtls = std::make_unique<DtlsSession>(dtls_, DtlsSession::Role::server, offer.fingerprint,
                                              [this, &peer](Bytes datagram) {
                                                  if (peer.selected) output_.send_plain(*peer.selected, datagram);
                                              });
    peers_.add(std::move(owned));
    handshaking_.push_back(&peer);
    room.add(peer);
    viewers_ += grant.action == Action::view;
    ++counters_.sessions_created;
    return peer;
}

sdp::Transport Router::transport(const Peer& peer) const {
    return {peer.ufrag, peer.password, dtls_.fingerprint(), settings_.candidate_addresses, udp_port_};
}

std::expected<Router::Created, Refusal> Router::publish(const Grant& grant, const sdp::Offer& offer) {
    if (is_closed(grant.room)) return std::unexpected(room_closed());
    auto plan = plan_publication(offer, {grant.max_bitrate_kbps, settings_.publisher_start_bitrate_kbps});
    if (!plan) return std::unexpected(std::move(plan.error()));
    if (!find_room(grant.room) && rooms_.size() >= static_cast<std::size_t>(settings_.rooms_max))
        return std::unexpected(Refusal{Errc::server_full, "The media server has no room left; try again later."});
    auto& room =
        *rooms_.try_emplace(grant.room, std::make_unique<Room>(grant.room, output_, recorder_ ? &*recorder_ : nullptr))
             .first->second;
    auto& peer = add_peer(room, grant, offer);
    peer.publication = std::move(plan->publication);
    auto* current = room.publisher();
    if (current && current->connected()) {  // goes on until the newcomer has connected
        if (room.successor()) remove(*room.successor(), reason::replaced);
        room.set_successor(&peer);
    } else {
        if (current) remove(*current, reason::replaced);
        install_publisher(room, peer);
    }
    return Created{peer.id, sdp::write_answer(offer, plan->sections, transport(peer))};
}

std::expected<Router::Created, Refusal> Router::view(const Grant& grant, const sdp::Offer& offer) {
    if (is_closed(grant.room)) return std::unexpected(room_closed());
    auto* room = find_room(grant.room);
    if (!room || !room->publisher())
        return std::unexpected(Refusal{Errc::no_publisher, "Nobody is publishing yet; try again in a moment."});
    auto in_room = room->members().size() - 1 - (room->successor() ? 1 : 0);
    if (in_room >= static_cast<std::size_t>(settings_.room_viewers_max))
        return std::unexpected(
            Refusal{Errc::room_full, "The room has as many viewers as it may have; try again later."});
    if (viewers_ >= static_cast<std::size_t>(settings_.viewers_max))
        return std::unexpected(Refusal{Errc::server_full, "The media server is full; try again later."});
    auto plan = plan_view(offer, *room);
    if (!plan) return std::unexpected(std::move(plan.error()));
    auto& peer = add_peer(*room, grant, offer);
    peer.subscriptions = plan->subscriptions;
    return Created{peer.id, sdp::write_answer(offer, plan->sections, transport(peer))};
}

// The peer publishes from now on. Viewers who cannot decode what it sends are closed, so that they join anew.
void Router::install_publisher(Room& room, Peer& peer) {
    room.send_pending();
    if (!room.continues(*peer.publication)) {
        auto members = room.members();
        for (auto* member : members)
            if (member->action == Action::view) remove(*member, reason::codec_changed);
    }
    room.set_publisher(peer);
}

const Peer* Router::find(std::string_view room, Action action, std::string_view session) const {
    auto* peer = peers_.by_id(session);
    return peer && peer->action == action && peer->room->name() == room ? peer : nullptr;
}

bool Router::remove(std::string_view room, Action action, std::string_view session) {
    if (!find(room, action, session)) return false;
    remove(*peers_.by_id(session), reason::deleted);
    output_.flush();
    return true;
}

void Router::remove(Peer& peer, std::string_view reason) {
    if (!peer.room) return;
    auto& room = *peer.room;
    peer.dtls->close();
    room.remove(peer);
    std::erase(handshaking_, &peer);
    bool viewer = peer.action == Action::view;
    viewers_ -= viewer;
    if (peer.connected()) tell(viewer ? "viewer_gone" : "publisher_gone", peer, reason);
    spdlog::info("media: {} left room={} subject={} reason={} connected={}", viewer ? "viewer" : "publisher",
                 room.name(), peer.subject, reason, peer.connected());
    peer.room = nullptr;
    removed_.push_back(peers_.take(peer));
    if (auto* successor = room.successor(); successor && !room.publisher()) {
        room.set_successor(nullptr);
        install_publisher(room, *successor);
    }
    if (room.members().empty()) rooms_.erase(std::string(room.name()));
}

std::size_t Router::close_room(std::string_view name, int refuse_for_s) {
    if (refuse_for_s > 0) {
        if (closed_.size() >= closed_max) forget_closed();
        closed_.insert_or_assign(std::string(name), steady_now_us() + refuse_for_s * second_us);
    }
    auto* room = find_room(name);
    if (!room) return 0;
    auto members = room->members();
    for (auto* peer : members) remove(*peer, reason::room_closed);
    output_.flush();
    return members.size();
}

bool Router::is_closed(std::string_view name) const {
    auto found = closed_.find(name);
    return found != closed_.end() && steady_now_us() < found->second;
}

// Those whose time is over; when that frees nothing, the one that has the least left.
void Router::forget_closed() {
    auto now_us = steady_now_us();
    if (std::erase_if(closed_, [&](auto& entry) { return entry.second <= now_us; }) == 0)
        closed_.erase(std::ranges::min_element(closed_, {}, [](auto& entry) { return entry.second; }));
}

std::optional<Snapshot> Router::snapshot(std::string_view name) {
    auto* room = find_room(name);
    if (!room) return {};
    auto picture = room->snapshot(steady_now_us());
    output_.flush();
    return picture;
}

std::size_t Router::recording_count() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(rooms_, [](auto& entry) { return entry.second->recording(); }));
}

std::vector<RecordedFile> Router::recordings(std::string_view name) const {
    return recorder_ ? recorder_->files(name) : std::vector<RecordedFile>{};
}

std::size_t Router::close_publisher(std::string_view name) {
    auto* room = find_room(name);
    if (!room) return 0;
    std::vector<Peer*> publishers;
    for (auto* peer : {room->successor(), room->publisher()})
        if (peer) publishers.push_back(peer);
    for (auto* peer : publishers) remove(*peer, reason::room_closed);
    output_.flush();
    return publishers.size();
}

void Router::stop() {
    stopped_ = true;
    for (auto* peer : peers_.all()) remove(*peer, reason::shutdown);
    output_.flush();
    tick_timer_.cancel();
    frame_timer_.cancel();
    boost::system::error_code ignored;  // closing is all that is left to do
    socket_.close(ignored);
}

std::vector<RoomStatus> Router::rooms() const {
    std::vector<RoomStatus> result;
    for (auto& [name, room] : rooms_)
        result.push_back({.room = name,
                          .publisher_connected = room->publisher() && room->publisher()->connected(),
                          .viewers = room->viewers().size(),
                          .bitrate_in_kbps = room->bitrate_in_kbps(),
                          .bitrate_out_kbps = room->bitrate_out_kbps()});
    std::ranges::sort(result, {}, &RoomStatus::room);
    return result;
}

void Router::tell(std::string_view event, const Peer& peer, std::string_view reason) const {
    if (listener_) listener_({event, peer.room->name(), peer.id, peer.subject, reason});
}

}  // namespace liveshop::media
