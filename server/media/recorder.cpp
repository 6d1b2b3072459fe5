#include "media/recorder.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>

#include "media/clock.hpp"

namespace liveshop::media {
namespace {

constexpr auto period = std::chrono::milliseconds(50);

// "<name>.<milliseconds>.webm"
std::optional<std::int64_t> started_at(std::string_view file, std::string_view name) {
    if (!file.starts_with(name) || file.size() <= name.size() || file[name.size()] != '.') return {};
    file.remove_prefix(name.size() + 1);
    auto dot = file.find('.');
    auto extension = dot == file.npos ? std::string_view{} : file.substr(dot);
    if (extension != ".webm" && extension != ".mkv") return {};
    std::int64_t number = 0;
    auto [end, error] = std::from_chars(file.data(), file.data() + dot, number);
    if (error != std::errc{} || end != file.data() + dot) return {};
    return number;
}

}  // namespace

Recorder::Recorder(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    folder_ = std::filesystem::canonical(folder, error);
    if (error) throw std::runtime_error("recordings_directory: " + folder + ": " + error.message());
    thread_ = std::thread([this] { run(); });
}

Recorder::~Recorder() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

std::shared_ptr<Tape> Recorder::begin(std::string name, RecordedTracks tracks) {
    auto tape = std::make_shared<Tape>();
    tape->number = ++tapes_;
    tape->key_frame_wanted = tracks.video;
    auto recording = std::make_unique<Recording>(folder_, std::move(name), std::move(tracks));
    const std::lock_guard lock(mutex_);
    filling_.begun.emplace_back(tape, std::move(recording));
    return tape;
}

void Recorder::on_packet(const Tape& tape, Kind kind, std::int64_t index, std::uint32_t timestamp, bool marker,
                         std::int64_t arrival_us, Bytes payload) {
    const std::lock_guard lock(mutex_);
    if (filling_.bytes.size() + payload.size() > waiting_bytes_max) {
        dropped_bytes_ += payload.size();
        return;
    }
    filling_.entries.push_back({.type = Entry::Type::packet,
                                .kind = kind,
                                .marker = marker,
                                .tape = tape.number,
                                .timestamp = timestamp,
                                .index = index,
                                .arrival_us = arrival_us,
                                .offset = filling_.bytes.size(),
                                .size = payload.size()});
    filling_.bytes.insert(filling_.bytes.end(), payload.begin(), payload.end());
}

void Recorder::on_report(const Tape& tape, Kind kind, std::uint64_t ntp, std::uint32_t timestamp) {
    const std::lock_guard lock(mutex_);
    filling_.entries.push_back(
        {.type = Entry::Type::report, .kind = kind, .tape = tape.number, .timestamp = timestamp, .ntp = ntp});
}

void Recorder::end(const Tape& tape) {
    {
        const std::lock_guard lock(mutex_);
        filling_.entries.push_back({.type = Entry::Type::end, .tape = tape.number});
    }
    wake_.notify_one();
}

std::vector<RecordedFile> Recorder::files(std::string_view name) const {
    std::vector<RecordedFile> found;
    const std::lock_guard lock(mutex_);
    std::error_code error;
    for (auto& entry : std::filesystem::directory_iterator(folder_, error)) {
        auto started = started_at(entry.path().filename().string(), name);
        if (started) found.push_back({entry.path().string(), *started, open_.contains(entry.path().string())});
    }
    std::ranges::sort(found, {}, &RecordedFile::started_at_ms);
    return found;
}

void Recorder::run() {
    Batch batch;
    for (bool stopping = false; !stopping;) {
        {
            std::unique_lock lock(mutex_);
            if (!stopping_) wake_.wait_for(lock, period);
            std::swap(batch, filling_);
            stopping = stopping_;
        }
        process(batch);
        batch.clear();
    }
    for (auto& [number, running] : running_) close(running);
}

void Recorder::process(Batch& batch) {
    for (auto& [tape, recording] : batch.begun) running_[tape->number] = {tape, std::move(recording)};
    for (auto& entry : batch.entries) {
        auto found = running_.find(entry.tape);
        if (found == running_.end()) continue;
        auto& recording = *found->second.recording;
        if (entry.type == Entry::Type::packet) {
            auto payload = Bytes(batch.bytes).subspan(entry.offset, entry.size);
            recording.on_packet(entry.kind, entry.index,
                                {entry.timestamp, entry.marker, entry.arrival_us, {payload.begin(), payload.end()}});
        } else if (entry.type == Entry::Type::report) {
            recording.on_report(entry.kind, entry.ntp, entry.timestamp);
        } else {
            close(found->second);
            running_.erase(found);
        }
    }
    auto now_us = steady_now_us();
    for (auto& [number, running] : running_) {
        running.recording->on_time(now_us);
        note_open(*running.recording);
        if (running.recording->take_key_frame_wanted()) running.tape->key_frame_wanted = true;
    }
}

void Recorder::note_open(const Recording& recording) {
    if (recording.path().empty()) return;
    const std::lock_guard lock(mutex_);
    open_.insert(recording.path().string());
}

void Recorder::close(Running& running) {
    running.recording->close(steady_now_us());
    const std::lock_guard lock(mutex_);
    open_.erase(running.recording->path().string());
}

}  // namespace liveshop::media
