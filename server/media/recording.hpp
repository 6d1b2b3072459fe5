// One recording on its way into a file: packets in, clusters out. It belongs to the recorder's thread.
#pragma once
#include <deque>
#include <filesystem>
#include <string>
#include <utility>

#include "media/kind.hpp"
#include "media/matroska.hpp"
#include "media/reorder.hpp"

namespace liveshop::media {

struct RecordedTracks {
    bool video = false, audio = false;
    std::string video_codec;  // "VP8" or "H264"
};

class Recording {
  public:
    // The file is made with the first key frame (or the first sound, if there is no video), in `folder`, named
    // "<name>.<milliseconds since 1970>.webm" or ".mkv".
    Recording(std::filesystem::path folder, std::string name, RecordedTracks);
    ~Recording();
    Recording(const Recording&) = delete;

    void on_packet(Kind, std::int64_t index, RecordedPacket packet);
    // A sender report of the publisher's: `ntp` is 32.32 seconds, `timestamp` of RTP as in the packets.
    void on_report(Kind, std::uint64_t ntp, std::uint32_t timestamp);
    // Writes what is due. To be called a few times a second.
    void on_time(std::int64_t now_us);
    // Writes all there is.
    void close(std::int64_t now_us);

    // Whether a key frame is needed: packets were lost, or it is time for one, since seeking needs them. Asked for
    // once.
    bool take_key_frame_wanted() { return std::exchange(key_frame_wanted_, false); }
    // The disk takes nothing any more; the file keeps what it has.
    bool failed() const { return failed_; }
    const std::filesystem::path& path() const { return path_; }

  private:
    // From RTP time to the file's.
    struct Line {
        bool started = false;
        std::uint32_t last_timestamp = 0;
        std::int64_t ticks = 0;      // since the first one
        std::int64_t origin_us = 0;  // the file's time of the first one
        std::uint32_t first_timestamp = 0;
        std::uint64_t report_ntp = 0;
        std::uint32_t report_timestamp = 0;
    };

    void on_frame(Frame frame, std::int64_t arrival_us);
    void on_sound(RecordedPacket packet);
    bool open(const Frame& first, std::int64_t arrival_us);
    void create(std::int64_t arrival_us, const matroska::Header&);
    std::int64_t time_ms(Kind, std::uint32_t timestamp, std::int64_t arrival_us);
    void align();
    void put(matroska::Block);
    void release(std::int64_t until_ms);
    void flush_cluster();
    void write(Bytes);

    std::filesystem::path folder_, path_;
    std::string name_;
    RecordedTracks tracks_;
    Depacketizer depacketizer_;
    PerKind<Reorder> reorder_;
    PerKind<Line> lines_;
    int file_ = -1;
    bool failed_ = false, waits_for_key_ = true, aligned_ = false, key_frame_wanted_ = false;
    std::int64_t begun_us_ = 0, last_arrival_us_ = 0, last_key_us_ = 0;
    std::deque<matroska::Block> waiting_;  // in order of time
    std::vector<matroska::Block> cluster_;
    std::int64_t last_ms_ = 0;  // of what has gone into a cluster
};

}  // namespace liveshop::media
