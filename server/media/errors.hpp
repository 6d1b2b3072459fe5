// The errors WHIP and WHEP clients and control commands can get: each a stable code, an HTTP status and a title.
#pragma once
#include <array>
#include <string>
#include <string_view>

namespace liveshop::media {

enum class Errc {
    grant_missing,
    grant_invalid,
    grant_expired,
    grant_forbidden,
    not_found,
    session_not_found,
    method_not_allowed,
    not_acceptable,
    unsupported_media_type,
    offer_too_large,
    bad_offer,
    no_publisher,
    no_common_codec,
    room_closed,
    room_full,
    server_full,
    restart_not_supported,
    bad_request,
    unknown_command,
    internal,
};

struct ErrorInfo {
    Errc errc;
    unsigned status;
    std::string_view code, title;
};

inline constexpr std::array error_table = {
    ErrorInfo{Errc::grant_missing, 401, "media.grant_missing", "A grant is needed"},
    ErrorInfo{Errc::grant_invalid, 401, "media.grant_invalid", "The grant is not valid"},
    ErrorInfo{Errc::grant_expired, 401, "media.grant_expired", "The grant has expired"},
    ErrorInfo{Errc::grant_forbidden, 403, "media.grant_forbidden", "The grant does not allow this"},
    ErrorInfo{Errc::not_found, 404, "media.not_found", "There is nothing at this path"},
    ErrorInfo{Errc::session_not_found, 404, "media.session_not_found", "The session has ended"},
    ErrorInfo{Errc::method_not_allowed, 405, "media.method_not_allowed", "The method is not allowed here"},
    ErrorInfo{Errc::not_acceptable, 406, "media.not_acceptable", "The answer is application/sdp"},
    ErrorInfo{Errc::unsupported_media_type, 415, "media.unsupported_media_type", "The content type is not supported"},
    ErrorInfo{Errc::offer_too_large, 413, "media.offer_too_large", "The offer is too large"},
    ErrorInfo{Errc::bad_offer, 400, "media.bad_offer", "The offer is not usable"},
    ErrorInfo{Errc::no_publisher, 404, "media.no_publisher", "Nobody publishes in this room"},
    ErrorInfo{Errc::no_common_codec, 406, "media.no_common_codec", "There is no common codec"},
    ErrorInfo{Errc::room_closed, 410, "media.room_closed", "The room is closed"},
    ErrorInfo{Errc::room_full, 503, "media.room_full", "The room is full"},
    ErrorInfo{Errc::server_full, 503, "media.server_full", "The media server is full"},
    ErrorInfo{Errc::restart_not_supported, 422, "media.restart_not_supported", "ICE restart is not supported"},
    ErrorInfo{Errc::bad_request, 400, "media.bad_request", "The request is malformed"},
    ErrorInfo{Errc::unknown_command, 400, "media.unknown_command", "The command is not known"},
    ErrorInfo{Errc::internal, 500, "media.internal", "The media server failed"},
};

constexpr const ErrorInfo& info(Errc errc) { return error_table[static_cast<std::size_t>(errc)]; }
static_assert([] {
    for (std::size_t i = 0; i < error_table.size(); ++i)
        if (error_table[i].errc != static_cast<Errc>(i)) return false;
    return true;
}());

// An error for whoever asked: `detail` says what to do.
struct Refusal {
    Errc errc;
    std::string detail;
};

}  // namespace liveshop::media
