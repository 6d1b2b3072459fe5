#include "media/recording.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>

#include "media/clock.hpp"

namespace liveshop::media {
namespace {

constexpr std::int64_t cluster_ms = 1000;    // what a crash costs, at most, together with the next one
constexpr std::int64_t interleave_ms = 700;  // sound and picture are put in order of time over this span
constexpr std::int64_t idle_us = 1'000'000;  // after so long without packets nothing is waited for
constexpr std::int64_t key_frame_us = 10'000'000;
constexpr std::int64_t align_ms_max = 2000;  // sender reports that say more than this are not believed
constexpr std::uint64_t free_bytes_min = 256 << 20;

std::int64_t unix_now_ms() {
    auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

constexpr std::int64_t clock_rate(Kind kind) { return kind == Kind::video ? 90'000 : 48'000; }

std::int64_t us_of_ntp(std::uint64_t ntp) {
    return static_cast<std::int64_t>(ntp >> 32) * second_us +
           static_cast<std::int64_t>((ntp & 0xFFFFFFFF) * second_us >> 32);
}

}  // namespace

Recording::Recording(std::filesystem::path folder, std::string name, RecordedTracks tracks)
    : folder_(std::move(folder)),
      name_(std::move(name)),
      tracks_(std::move(tracks)),
      depacketizer_(tracks_.video_codec),
      key_frame_wanted_(tracks_.video) {}

Recording::~Recording() {
    if (file_ >= 0) ::close(file_);
}

void Recording::on_packet(Kind kind, std::int64_t index, RecordedPacket packet) {
    if (failed_) return;
    last_arrival_us_ = packet.arrival_us;
    reorder_[kind].put(index, std::move(packet));
}

void Recording::on_report(Kind kind, std::uint64_t ntp, std::uint32_t timestamp) {
    lines_[kind].report_ntp = ntp;
    lines_[kind].report_timestamp = timestamp;
}

void Recording::on_time(std::int64_t now_us) {
    if (failed_) return;
    bool idle = now_us - last_arrival_us_ > idle_us;
    reorder_[Kind::video].take(
        now_us, idle,
        [this](RecordedPacket packet) {
            auto frame = depacketizer_.take(packet.timestamp, packet.marker, packet.payload);
            if (frame) on_frame(*std::move(frame), packet.arrival_us);
        },
        [this] {
            depacketizer_.skip();
            waits_for_key_ = key_frame_wanted_ = true;
        });
    reorder_[Kind::audio].take(now_us, idle, [this](RecordedPacket packet) { on_sound(std::move(packet)); }, [] {});
    if (tracks_.video && file_ >= 0 && now_us - last_key_us_ > key_frame_us) {
        last_key_us_ = now_us;
        key_frame_wanted_ = true;
    }
    if (waiting_.empty()) {
        if (idle) flush_cluster();
        return;
    }
    release(idle ? waiting_.back().time_ms : waiting_.back().time_ms - interleave_ms);
    if (idle) flush_cluster();
}

void Recording::close(std::int64_t now_us) {
    last_arrival_us_ = now_us - idle_us - 1;
    on_time(now_us);
    flush_cluster();
    if (file_ < 0) return;
    ::close(file_);
    file_ = -1;
    spdlog::info("media: recorded {} ms to {}", last_ms_, path_.string());
}

// The file begins with a key frame, and after a loss goes on with one: what lies between could not be decoded.
void Recording::on_frame(Frame frame, std::int64_t arrival_us) {
    if (waits_for_key_ && !frame.key) {
        if (arrival_us - last_key_us_ > second_us) {
            key_frame_wanted_ = true;
            last_key_us_ = arrival_us;
        }
        return;
    }
    if (file_ < 0 && !open(frame, arrival_us)) return;
    waits_for_key_ = false;
    if (frame.key) last_key_us_ = arrival_us;
    auto at_ms = time_ms(Kind::video, frame.timestamp, arrival_us);
    put({at_ms, matroska::video_number, frame.key, std::move(frame.bytes)});
}

void Recording::on_sound(RecordedPacket packet) {
    if (packet.payload.empty()) return;
    if (file_ < 0 && !tracks_.video) create(packet.arrival_us, {.video = {}, .audio = true, .started_at_ms = 0});
    if (file_ < 0) return;  // the picture comes first
    auto at_ms = time_ms(Kind::audio, packet.timestamp, packet.arrival_us);
    if (at_ms >= 0) put({at_ms, matroska::audio_number, true, std::move(packet.payload)});
}

bool Recording::open(const Frame& first, std::int64_t arrival_us) {
    matroska::VideoTrack video{.h264 = tracks_.video_codec == "H264", .size = {}, .configuration = {}};
    std::optional<PictureSize> size;
    if (video.h264) {
        auto configuration = matroska::h264_configuration(first.bytes);
        if (!configuration) return false;
        video.configuration = *std::move(configuration);
        for_each_unit(first.bytes, [&](Bytes unit) {
            if (auto found = h264_size(unit)) size = found;
        });
    } else {
        size = vp8_size(first.bytes);
    }
    if (!size) return false;
    video.size = *size;
    create(arrival_us, {.video = std::move(video), .audio = tracks_.audio, .started_at_ms = 0});
    return file_ >= 0;
}

void Recording::create(std::int64_t arrival_us, const matroska::Header& contents) {
    begun_us_ = arrival_us;
    auto header = contents;
    header.started_at_ms = unix_now_ms() - (steady_now_us() - arrival_us) / 1000;
    bool h264 = header.video && header.video->h264;
    path_ = folder_ / (name_ + "." + std::to_string(header.started_at_ms) + (h264 ? ".mkv" : ".webm"));
    file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    if (file_ < 0) {
        spdlog::error("media: cannot record to {}: {}", path_.string(), std::strerror(errno));
        failed_ = true;
        return;
    }
    write(matroska::write_header(header));
}

std::int64_t Recording::time_ms(Kind kind, std::uint32_t timestamp, std::int64_t arrival_us) {
    auto& line = lines_[kind];
    if (!line.started) {
        line.started = true;
        line.first_timestamp = line.last_timestamp = timestamp;
        line.origin_us = arrival_us - begun_us_;
    }
    line.ticks += static_cast<std::int32_t>(timestamp - line.last_timestamp);
    line.last_timestamp = timestamp;
    if (!aligned_) align();
    return (line.origin_us + line.ticks * second_us / clock_rate(kind)) / 1000;
}

// Both clocks are the publisher's once it has told how they belong together: its reports say it, arrivals only nearly.
void Recording::align() {
    auto &video = lines_[Kind::video], &audio = lines_[Kind::audio];
    if (!video.started || !audio.started || video.report_ntp == 0 || audio.report_ntp == 0) return;
    aligned_ = true;
    auto sent_us = [](const Line& line, Kind kind) {
        auto ticks = static_cast<std::int32_t>(line.first_timestamp - line.report_timestamp);
        return us_of_ntp(line.report_ntp) + std::int64_t{ticks} * second_us / clock_rate(kind);
    };
    auto origin_us = video.origin_us + sent_us(audio, Kind::audio) - sent_us(video, Kind::video);
    if (std::abs(origin_us - audio.origin_us) / 1000 <= align_ms_max) audio.origin_us = origin_us;
}

void Recording::put(matroska::Block block) {
    block.time_ms = std::max(block.time_ms, last_ms_);
    auto place = std::ranges::upper_bound(waiting_, block.time_ms, {}, &matroska::Block::time_ms);
    waiting_.insert(place, std::move(block));
}

void Recording::release(std::int64_t until_ms) {
    while (!waiting_.empty() && waiting_.front().time_ms <= until_ms) {
        auto block = std::move(waiting_.front());
        waiting_.pop_front();
        bool is_seekable = block.key && block.track == matroska::video_number;
        if (!cluster_.empty() && (is_seekable || block.time_ms - cluster_.front().time_ms >= cluster_ms))
            flush_cluster();
        last_ms_ = block.time_ms;
        cluster_.push_back(std::move(block));
    }
}

void Recording::flush_cluster() {
    if (cluster_.empty()) return;
    write(matroska::write_cluster(cluster_));
    cluster_.clear();
}

void Recording::write(Bytes bytes) {
    if (failed_ || file_ < 0) return;
    struct statvfs disk{};
    bool full = ::statvfs(folder_.c_str(), &disk) == 0 && disk.f_bavail * disk.f_frsize < free_bytes_min;
    while (!full && !bytes.empty()) {
        auto written = ::write(file_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        full = written < 0;
        if (!full) bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    if (!full) return;
    spdlog::error("media: {} ends here: the disk takes no more", path_.string());
    failed_ = true;
}

}  // namespace liveshop::media
