#pragma once
// Payloads of live's own jobs.
#include "modules/live/requests.hpp"

namespace liveshop::live {

struct RecordingFiles {  // live.delete_recording
    std::vector<RecordingFileId> file_ids;
};
BOOST_DESCRIBE_STRUCT(RecordingFiles, (), (file_ids))

}  // namespace liveshop::live
