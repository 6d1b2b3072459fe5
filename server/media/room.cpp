#include "media/room.hpp"

#include <algorithm>

#include "media/random.hpp"

namespace liveshop::media {

void Room::remove(Peer& peer) {
    std::erase(members_, &peer);
    std::erase(viewers_, &peer);
    if (publisher_ == &peer) publisher_ = nullptr;
    if (successor_ == &peer) successor_ = nullptr;
}

bool Room::continues(const Publication& publication) const {
    return std::ranges::all_of(kinds, [&](Kind kind) {
        auto& track = tracks_[kind];
        auto& source = publication.sources[kind];
        if (!track || !source) return !track && !source;
        return sdp::same_bitstream(track->codec(), source->codec);
    });
}

void Room::set_publisher(Peer& peer) {
    publisher_ = &peer;
    if (!continues(*peer.publication)) {
        stop_recording();  // a file has the codecs it began with
        make_tracks(*peer.publication);
    }
    if (peer.record)
        start_recording();
    else
        stop_recording();
}

void Room::make_tracks(const Publication& publication) {
    for (auto kind : kinds) {
        auto& source = publication.sources[kind];
        tracks_[kind] = source ? std::make_unique<Track>(kind, source->codec, random_ssrc()) : nullptr;
    }
}

// The source a packet belongs to and whether it came as a retransmission. A source whose offer declared no SSRC is
// recognised by payload type and learns it.
std::pair<Source*, bool> Room::find_source(const rtp::Packet& packet) {
    for (auto& source : publisher_->publication->sources) {
        if (!source) continue;
        if (source->ssrc == packet.ssrc) return {&*source, false};
        if (source->rtx_ssrc == packet.ssrc) return {&*source, true};
    }
    for (auto& source : publisher_->publication->sources) {
        if (!source) continue;
        bool media = packet.payload_type == source->codec.payload_type,
             rtx = packet.payload_type == source->codec.rtx_payload_type;
        auto& ssrc = media ? source->ssrc : source->rtx_ssrc;
        if ((!media && !rtx) || ssrc != 0) continue;
        ssrc = packet.ssrc;
        return {&*source, rtx};
    }
    return {nullptr, false};
}

bool Room::on_media(Bytes datagram, std::int64_t arrival_us, std::int64_t now_us) {
    auto& counters = output_.counters();
    auto packet = rtp::parse(datagram);
    if (!packet) {
        counters.drop(Drop::rtp_malformed);
        return false;
    }
    auto [source, retransmitted] = find_source(*packet);
    if (!source) {
        counters.drop(Drop::rtp_unknown_source);
        return false;
    }
    ++counters.packets_published;
    rate_in_.bytes += datagram.size();
    // Transport-wide numbers span all tracks, retransmissions and padding included.
    if (source->transport_cc_id)
        if (auto value = rtp::extension(*packet, *source->transport_cc_id); value.size() >= 2)
            publisher_->publication->feedback.on_packet(get16(value.data()), arrival_us);
    if (retransmitted && !rtp::restore_from_rtx(*packet, source->ssrc)) return false;

    auto& track = tracks_[source == &*publisher_->publication->sources[Kind::audio] ? Kind::audio : Kind::video];
    if (!track->take(*source, *packet, now_us)) {
        if (!retransmitted) counters.drop(Drop::rtp_duplicate_or_late);  // bandwidth probes repeat packets as RTX
        return false;
    }
    if (tape_) record_last(*track, now_us);
    if (track->frame_complete()) send_pending(*track);
    return !track->pending().empty();
}

void Room::send_pending() {
    for (auto& track : tracks_)
        if (track) send_pending(*track);
}

void Room::send_pending(Track& track) {
    if (track.pending().empty()) return;
    auto oldest = *std::ranges::min_element(track.pending());
    bool fresh_key_frame = track.key_frame() && *track.key_frame() >= oldest;
    if (fresh_key_frame) key_frame_wanted_ = false;
    for (auto* viewer : viewers_) {
        auto& s = viewer->subscriptions[track.kind()];
        if (!s) continue;
        if (s->active) {
            for (auto index : track.pending()) send(*viewer, *s, track, index);
        } else if (track.kind() == Kind::audio || fresh_key_frame) {
            auto first = track.kind() == Kind::audio ? oldest : *track.key_frame();
            s->activate(first);
            send_from(*viewer, *s, track, first);
        }
    }
    track.clear_pending();
}

void Room::send_from(Peer& viewer, Subscription& s, Track& track, std::int64_t first) {
    for (auto index = first; index <= track.last_index(); ++index) send(viewer, s, track, index);
}

void Room::send(Peer& viewer, Subscription& s, const Track& track, std::int64_t index) {
    auto* packet = track.find(index);
    if (!packet) return;
    auto size = output_.send_media(viewer, s, track, *packet);
    if (size == 0) return;
    rate_out_.bytes += size;
    ++output_.counters().packets_forwarded;
}

void Room::start_viewer(Peer& viewer, std::int64_t now_us) {
    send_pending();  // so that nothing is sent twice
    viewers_.push_back(&viewer);
    auto& video = tracks_[Kind::video];
    auto& s = viewer.subscriptions[Kind::video];
    if (!video || !s) return;
    if (!video->replayable(now_us)) return request_key_frame(now_us);
    s->activate(*video->key_frame());
    send_from(viewer, *s, *video, *video->key_frame());
}

}  // namespace liveshop::media
