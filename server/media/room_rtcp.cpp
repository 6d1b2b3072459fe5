// The reports and requests of a room: to its publisher and to its viewers.
#include <array>

#include "media/clock.hpp"
#include "media/room.hpp"

namespace liveshop::media {
namespace {

constexpr std::uint32_t own_ssrc = 1;  // sender of our reports and requests
constexpr std::uint64_t ticks_per_second = 50, ticks_per_feedback = 3;

}  // namespace

void Room::on_publisher_rtcp(Bytes compound, std::int64_t now_us) {
    bool whole = rtcp::for_each(compound, [&](const rtcp::Block& block) {
        auto report = rtcp::parse_sender_report(block);
        if (!report) return;
        for (auto& source : publisher_->publication->sources) {
            if (!source || source->ssrc != report->ssrc || !source->started) continue;
            source->reception.on_sender_report(report->info.ntp, now_us);
            source->report = report->info;
            source->report.rtp_timestamp += source->timestamp_offset;
            source->report_us = now_us;
            auto kind = &source == &publisher_->publication->sources[Kind::audio] ? Kind::audio : Kind::video;
            if (tape_) recorder_->on_report(*tape_, kind, report->info.ntp, source->report.rtp_timestamp);
        }
    });
    if (!whole) output_.counters().drop(Drop::rtcp_malformed);
}

void Room::on_viewer_rtcp(Peer& viewer, Bytes compound, std::int64_t now_us) {
    bool whole = rtcp::for_each(compound, [&](const rtcp::Block& block) {
        if (block.type == rtcp::transport_feedback && block.format == rtcp::format_nack) resend(viewer, block);
        if (block.type != rtcp::payload_feedback) return;
        if (block.format != rtcp::format_pli && block.format != rtcp::format_fir) return;
        ++output_.counters().plis_in;
        request_key_frame(now_us);
    });
    if (!whole) output_.counters().drop(Drop::rtcp_malformed);
}

void Room::resend(Peer& viewer, const rtcp::Block& nack) {
    auto& counters = output_.counters();
    auto ssrc = rtcp::media_ssrc(nack);
    for (auto& track : tracks_) {
        if (!track || track->ssrc() != ssrc) continue;
        auto& s = viewer.subscriptions[track->kind()];
        if (!s || !s->active) continue;
        rtcp::for_each_nacked(nack, [&](std::uint16_t sequence) {
            ++counters.nacks_in;
            if (viewer.resends_left <= 0) return counters.drop(Drop::resend_limited);
            auto last = s->last - s->offset;
            auto index = last + static_cast<std::int16_t>(sequence - static_cast<std::uint16_t>(last)) + s->offset;
            if (index > s->last || !track->find(index)) return counters.drop(Drop::resend_too_old);
            --viewer.resends_left;
            ++counters.packets_resent;
            send(viewer, *s, *track, index);
        });
    }
}

// At most one request a second reaches the publisher; one that comes too early is made by a later tick.
void Room::request_key_frame(std::int64_t now_us) {
    key_frame_wanted_ = true;
    if (now_us - key_frame_requested_us_ < second_us || !publisher_ || !publisher_->connected()) return;
    auto& source = publisher_->publication->sources[Kind::video];
    if (!source || source->ssrc == 0) return;
    key_frame_requested_us_ = now_us;
    std::array<std::uint8_t, 16> space;
    Writer out(space);
    rtcp::write_pli(out, own_ssrc, source->ssrc);
    output_.send_rtcp(*publisher_, out.written());
    ++output_.counters().plis_out;
}

void Room::write_requests(Writer& out, std::int64_t now_us) {
    for (auto kind : kinds) {
        auto& source = publisher_->publication->sources[kind];
        if (!source || source->missing.empty()) continue;
        std::array<std::uint16_t, LossList::capacity> lost;
        std::size_t count = 0;
        source->missing.each_due(now_us, tracks_[kind]->oldest_useful(), [&](std::int64_t index) {
            lost[count++] = static_cast<std::uint16_t>(index - source->index_offset);
        });
        rtcp::write_nack(out, own_ssrc, source->ssrc, std::span(lost).first(count));
        output_.counters().nacks_out += count;
    }
}

void Room::send_transport_feedback(Writer& compound) {
    auto& publication = *publisher_->publication;
    std::uint32_t media = 0;
    for (auto& source : publication.sources)
        if (source && source->ssrc) media = source->ssrc;
    // Padding is allowed in a compound's last packet only, so each feedback ends one.
    Writer* out = &compound;
    std::array<std::uint8_t, rtcp::compound_size_max> space;
    Writer next(space);
    while (publication.feedback.write(*out, own_ssrc, media)) {
        ++output_.counters().feedbacks_out;
        output_.send_rtcp(*publisher_, out->written());
        next = Writer(space);
        out = &next;
    }
    if (out == &compound) output_.send_rtcp(*publisher_, compound.written());
}

void Room::on_tick(std::uint64_t tick, std::int64_t now_us) {
    bool each_second = tick % ticks_per_second == 0;
    if (each_second) {
        rate_in_.on_second();
        rate_out_.on_second();
    }
    if (!publisher_ || !publisher_->connected()) return;
    on_recording_tick(now_us);
    if (key_frame_wanted_) request_key_frame(now_us);
    std::array<std::uint8_t, rtcp::compound_size_max> space;
    Writer out(space);
    write_requests(out, now_us);
    for (auto& source : publisher_->publication->sources)
        if (each_second && source && source->reception.active())
            source->reception.write_report(out, own_ssrc, source->ssrc, now_us);
    if (tick % ticks_per_feedback == 0)
        send_transport_feedback(out);
    else
        output_.send_rtcp(*publisher_, out.written());
}

void Room::send_sender_reports(Peer& viewer, std::int64_t now_us) {
    if (!publisher_) return;
    std::array<std::uint8_t, rtcp::compound_size_max> space;
    Writer out(space);
    for (auto kind : kinds) {
        auto& s = viewer.subscriptions[kind];
        auto& source = publisher_->publication->sources[kind];
        // The publisher's own report, carried on to now, keeps audio and video in step; without one there is nothing
        // true to say.
        if (!s || s->packets == 0 || !source || source->report_us == 0) continue;
        auto passed_us = now_us - source->report_us;
        auto info = source->report;
        info.ntp += ntp_interval(passed_us);
        info.rtp_timestamp += static_cast<std::uint32_t>(passed_us / 1000 * source->codec.clock_rate / 1000);
        info.packets = s->packets;
        info.octets = s->octets;
        rtcp::write_sender_report(out, tracks_[kind]->ssrc(), info, "live");
    }
    output_.send_rtcp(viewer, out.written());
}

}  // namespace liveshop::media
