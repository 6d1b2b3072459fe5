#include "modules/live/grants.hpp"

#include "media/grant.hpp"

namespace liveshop::live {
namespace {

std::string grant_for(const Ctx& ctx, const Stream& stream, media::Action action) {
    const Settings& settings = ctx.services.get<const Settings>();
    const std::string subject = ctx.principal ? ctx.principal->user.to_string() : "visitor";
    return media::sign({.room = stream.id.to_string(),
                        .action = action,
                        .subject = subject,
                        .expires_at_s = ctx.now.us / 1'000'000 + settings.media_grant_ttl_s.value,
                        .max_bitrate_kbps = std::nullopt,
                        .record = action == media::Action::publish && stream.settings.recording_enabled},
                       settings.media_grant_secret.reveal());
}

}  // namespace

std::string grant_to_publish(const Ctx& ctx, const Stream& stream) {
    return grant_for(ctx, stream, media::Action::publish);
}

std::string grant_to_view(const Ctx& ctx, const Stream& stream) { return grant_for(ctx, stream, media::Action::view); }

}  // namespace liveshop::live
