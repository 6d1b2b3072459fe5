#pragma once
// Finished recordings in a folder of this machine, given out by links that expire.
#include <filesystem>
#include <string>
#include <string_view>

#include "modules/live/types.hpp"
#include "platform/context.hpp"

namespace liveshop::live {

/// A recording that can be played.
struct KeptFile {
    std::int64_t duration_ms = 0;
    std::int64_t size_bytes = 0;
    std::string content_type;
};

/// Finishes what the media server has written at `path` and puts it into the folder under `id`, on a thread of its own;
/// doing it again does no harm. `path` stays until the caller removes it. Nothing if nothing in it could be played.
/// Throws std::system_error.
awaitable<std::optional<KeptFile>> keep_recording_file(const Settings& settings, TenantId tenant, RecordingFileId id,
                                                       std::filesystem::path path);

/// Nothing happens if there is none.
void remove_recording_file(const Settings& settings, TenantId tenant, RecordingFileId id);

/// "/recordings/<tenant>/<id>?expires=…&signature=…"
std::string link_to_recording(const Settings& settings, TenantId tenant, RecordingFileId id, Timestamp now);

/// Answers GET /recordings/…: the bytes that the Range header asks for, two megabytes of them at most. 404 without a
/// valid signature, 410 once the link has expired.
http::Response serve_recording(const Settings& settings, const http::Request& request, Timestamp now);

}  // namespace liveshop::live
