// Records rooms on a thread of its own: a disk that is slow holds up nobody's video.
#pragma once
#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "media/recording.hpp"

namespace liveshop::media {

// A recording under way, as the room that is recorded holds it.
struct Tape {
    std::uint32_t number = 0;
    std::atomic<bool> key_frame_wanted = false;
};

struct RecordedFile {
    std::string path;  // absolute
    std::int64_t started_at_ms = 0;
    bool open = false;  // still written to
};

class Recorder {
  public:
    // More than this waiting to be written is thrown away, and counted.
    static constexpr std::size_t waiting_bytes_max = 64 << 20;

    // Makes the folder if it is not there; throws std::runtime_error when it cannot be had.
    explicit Recorder(const std::string& folder);
    // Everything that was handed over is written.
    ~Recorder();
    Recorder(const Recorder&) = delete;

    // All below on one thread.
    std::shared_ptr<Tape> begin(std::string name, RecordedTracks);
    void on_packet(const Tape&, Kind, std::int64_t index, std::uint32_t timestamp, bool marker, std::int64_t arrival_us,
                   Bytes payload);
    void on_report(const Tape&, Kind, std::uint64_t ntp, std::uint32_t timestamp);
    void end(const Tape&);

    // The files of that name, the oldest first.
    std::vector<RecordedFile> files(std::string_view name) const;
    std::uint64_t dropped_bytes() const { return dropped_bytes_; }

  private:
    struct Entry {
        enum class Type : std::uint8_t { packet, report, end } type = Type::packet;
        Kind kind = Kind::video;
        bool marker = false;
        std::uint32_t tape = 0, timestamp = 0;
        std::int64_t index = 0, arrival_us = 0;
        std::uint64_t ntp = 0;
        std::size_t offset = 0, size = 0;
    };
    // What one thread hands to the other, in two buffers that change places: nothing is allocated for a packet.
    struct Batch {
        std::vector<std::pair<std::shared_ptr<Tape>, std::unique_ptr<Recording>>> begun;
        std::vector<Entry> entries;
        Buffer bytes;
        void clear() { begun.clear(), entries.clear(), bytes.clear(); }
    };
    struct Running {
        std::shared_ptr<Tape> tape;
        std::unique_ptr<Recording> recording;
    };

    void run();
    void process(Batch&);
    void close(Running&);
    void note_open(const Recording&);

    std::filesystem::path folder_;
    std::uint32_t tapes_ = 0;
    std::atomic<std::uint64_t> dropped_bytes_ = 0;

    mutable std::mutex mutex_;  // of what follows
    std::condition_variable wake_;
    Batch filling_;
    std::set<std::string> open_;
    bool stopping_ = false;

    std::unordered_map<std::uint32_t, Running> running_;  // of the thread alone
    std::thread thread_;
};

}  // namespace liveshop::media
