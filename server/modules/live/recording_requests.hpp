#pragma once
// Recordings, as they are asked for and played.
#include "modules/live/requests.hpp"

namespace liveshop::live {

enum class RecordingStatus { processing, ready, empty };
BOOST_DESCRIBE_ENUM(RecordingStatus, processing, ready, empty)

/// One file of a recording: there is more than one where the host changed codecs or the media server began anew.
struct RecordingPart {
    Timestamp started_at;
    std::int64_t duration_ms = 0;
    std::int64_t size_bytes = 0;
    std::string content_type;
    std::string url;  ///< good for `recording_link_ttl_s`
};
BOOST_DESCRIBE_STRUCT(RecordingPart, (), (started_at, duration_ms, size_bytes, content_type, url))

/// A product and when it was pinned.
struct PinSpan {
    catalog::Product product;
    Timestamp pinned_at;
    std::optional<Timestamp> unpinned_at;
};
BOOST_DESCRIBE_STRUCT(PinSpan, (), (product, pinned_at, unpinned_at))

struct Recording {  // GET /streams/{stream_id}/recording
    StreamId stream_id;
    RecordingStatus status = RecordingStatus::processing;
    std::vector<RecordingPart> parts;  ///< in the order of time
    std::vector<PinSpan> pins;         ///< those that can still be bought, in the order of time
};
BOOST_DESCRIBE_STRUCT(Recording, (), (stream_id, status, parts, pins))

}  // namespace liveshop::live
