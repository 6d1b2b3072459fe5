// A room: one publisher, its tracks, and the viewers they fan out to.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "media/clock.hpp"
#include "media/output.hpp"
#include "media/peer.hpp"
#include "media/recorder.hpp"
#include "media/snapshot.hpp"
#include "media/track.hpp"

namespace liveshop::media {

class Room {
  public:
    // `recorder`: none where nothing is recorded.
    Room(std::string name, Output& output, Recorder* recorder = nullptr)
        : name_(std::move(name)), output_(output), recorder_(recorder) {}
    ~Room() { stop_recording(); }
    Room(const Room&) = delete;
    Room& operator=(const Room&) = delete;

    const std::string& name() const { return name_; }
    const std::vector<Peer*>& members() const { return members_; }  // connecting ones included
    const std::vector<Peer*>& viewers() const { return viewers_; }  // connected ones
    Peer* publisher() const { return publisher_; }
    Peer* successor() const { return successor_; }
    const Track* track(Kind kind) const { return tracks_[kind].get(); }
    int bitrate_in_kbps() const { return rate_in_.kbps; }
    int bitrate_out_kbps() const { return rate_out_.kbps; }

    void add(Peer& peer) { members_.push_back(&peer); }
    void remove(Peer&);

    // Whether the room's viewers can go on watching what this publisher sends.
    bool continues(const Publication&) const;
    // The peer publishes from now on. Tracks it continues are kept, all others made anew: close the viewers before
    // then.
    void set_publisher(Peer&);
    // A publisher that takes over once it has connected.
    void set_successor(Peer* peer) { successor_ = peer; }

    // A packet of the publisher's, decrypted. True when packets wait for send_pending().
    bool on_media(Bytes packet, std::int64_t arrival_us, std::int64_t now_us);
    void send_pending();
    // Starts a viewer that has connected.
    void start_viewer(Peer&, std::int64_t now_us);

    void on_publisher_rtcp(Bytes compound, std::int64_t now_us);
    void on_viewer_rtcp(Peer&, Bytes compound, std::int64_t now_us);
    // Asks the publisher for what is missing; `tick` counts periods of 20 ms.
    void on_tick(std::uint64_t tick, std::int64_t now_us);
    void send_sender_reports(Peer& viewer, std::int64_t now_us);

    // A key frame of the last seconds, if there is one; else it will be there in a moment, to be asked for again.
    std::optional<Snapshot> snapshot(std::int64_t now_us);
    bool recording() const { return tape_ != nullptr; }

  private:
    struct Rate {
        std::uint64_t bytes = 0;
        int kbps = 0;
        void on_second() {
            kbps = static_cast<int>(bytes * 8 / 1000);
            bytes = 0;
        }
    };

    void send_pending(Track&);
    void send_from(Peer&, Subscription&, Track&, std::int64_t first);
    void send(Peer&, Subscription&, const Track&, std::int64_t index);
    void resend(Peer&, const rtcp::Block& nack);
    std::pair<Source*, bool> find_source(const rtp::Packet&);
    void request_key_frame(std::int64_t now_us);
    void write_requests(Writer&, std::int64_t now_us);
    void send_transport_feedback(Writer&);
    void make_tracks(const Publication&);
    void start_recording();
    void stop_recording();
    void record_last(const Track&, std::int64_t now_us);
    void on_recording_tick(std::int64_t now_us);

    std::string name_;
    Output& output_;
    Recorder* recorder_;
    std::shared_ptr<Tape> tape_;  // none while nothing is recorded
    std::optional<Snapshot> snapshot_;
    bool snapshot_wanted_ = false;
    std::optional<std::int64_t> snapshot_after_;  // the key frame that was there when it was asked for
    std::vector<Peer*> members_, viewers_;
    Peer* publisher_ = nullptr;
    Peer* successor_ = nullptr;
    PerKind<std::unique_ptr<Track>> tracks_;
    bool key_frame_wanted_ = false;
    std::int64_t key_frame_requested_us_ = -second_us;
    Rate rate_in_, rate_out_;
};

}  // namespace liveshop::media
