// What happens to sessions, as control connections that subscribed are told.
#pragma once
#include <functional>
#include <string>
#include <string_view>

namespace liveshop::media {

struct Event {
    std::string_view event;  // publisher_connected, publisher_gone, viewer_connected, viewer_gone
    std::string room, session, subject;
    std::string_view reason;  // of the _gone events: why the session ended
};

namespace reason {
inline constexpr std::string_view deleted = "deleted", closed_by_peer = "closed_by_peer",
                                  consent_expired = "consent_expired", connect_timeout = "connect_timeout",
                                  handshake_failed = "handshake_failed", replaced = "replaced",
                                  codec_changed = "codec_changed", room_closed = "room_closed", shutdown = "shutdown";
}

using EventListener = std::function<void(const Event&)>;

}  // namespace liveshop::media
