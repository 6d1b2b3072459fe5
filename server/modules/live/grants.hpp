#pragma once
// Permissions for the media server: a stream is a media room of the same name.
#include "modules/live/types.hpp"
#include "platform/context.hpp"

namespace liveshop::live {

/// What is published is recorded where the stream's settings say so.
std::string grant_to_publish(const Ctx& ctx, const Stream& stream);
std::string grant_to_view(const Ctx& ctx, const Stream& stream);

}  // namespace liveshop::live
