// A room's recording and its pictures.
#include "media/clock.hpp"
#include "media/room.hpp"

namespace liveshop::media {
namespace {

constexpr std::int64_t snapshot_fresh_us = 5 * second_us;

}  // namespace

void Room::start_recording() {
    if (!recorder_ || tape_) return;
    auto &video = tracks_[Kind::video], &audio = tracks_[Kind::audio];
    tape_ = recorder_->begin(name_, {.video = video != nullptr,
                                     .audio = audio != nullptr,
                                     .video_codec = video ? video->codec().name : std::string()});
}

void Room::stop_recording() {
    if (tape_) recorder_->end(*tape_);
    tape_.reset();
}

void Room::record_last(const Track& track, std::int64_t now_us) {
    auto* packet = track.find(track.pending().back());
    recorder_->on_packet(*tape_, track.kind(), packet->index, packet->timestamp(), packet->marker(), now_us,
                         packet->payload());
}

std::optional<Snapshot> Room::snapshot(std::int64_t now_us) {
    if (snapshot_ && now_us - snapshot_->taken_us <= snapshot_fresh_us) return snapshot_;
    snapshot_.reset();
    auto& video = tracks_[Kind::video];
    if (!video) return {};
    if (!snapshot_wanted_) snapshot_after_ = video->key_frame();
    snapshot_wanted_ = true;
    request_key_frame(now_us);
    return {};
}

void Room::on_recording_tick(std::int64_t now_us) {
    if (tape_ && tape_->key_frame_wanted.exchange(false)) request_key_frame(now_us);
    auto& video = tracks_[Kind::video];
    if (!snapshot_wanted_ || !video || video->key_frame() == snapshot_after_) return;
    snapshot_ = take_snapshot(*video, now_us);
    snapshot_wanted_ = !snapshot_;
}

}  // namespace liveshop::media
