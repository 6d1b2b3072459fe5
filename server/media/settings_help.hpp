#pragma once
// What the settings of the media server are for, as `liveshop help config` shows them.
#include <array>
#include <string_view>
#include <utility>

#include "media/media.hpp"

namespace liveshop::media {

constexpr auto setting_help(const Settings*) {
    using Help = std::pair<std::string_view, std::string_view>;
    return std::array{
        Help{"udp_address", "IP address of the media port; 0.0.0.0 is every IPv4 address, :: takes IPv6 too."},
        Help{"udp_port", "The one UDP port of all media; open it in the firewall."},
        Help{"candidate_addresses", "IP addresses told to browsers, best first; local stands for this machine's own."},
        Help{"http_socket", "Path of the Unix socket where the media server takes WHIP and WHEP"},
        Help{"control_socket", "Path of the Unix socket through which the server commands the media server."},
        Help{"recordings_directory", "Folder of recordings under way; nothing is recorded if it is empty."},
        Help{"grant_secret", "Signs the grants to publish and to view; 32 characters or more, the same everywhere."},
        Help{"consent_timeout_s", "A browser whose ICE checks stop is dropped after this; 1 to 3600 (RFC 7675: 30)."},
        Help{"connect_timeout_s", "A session without a finished DTLS handshake is dropped after this; 1 to 3600."},
        Help{"rooms_max", "Live rooms at once; 1 to 100000."},
        Help{"viewers_max", "Viewers at once in all rooms together; 1 to 1000000."},
        Help{"room_viewers_max", "Viewers at once in one room; 1 to 1000000."},
        Help{"publisher_start_bitrate_kbps",
             "Where a publisher's bandwidth estimate begins; 0 leaves it to the browser."},
        Help{"segmentation", "Send packets to the kernel in groups (UDP_SEGMENT)."},
        Help{"kernel_timestamps", "Take arrival times from the kernel rather than from when they are read."},
        Help{"test_drop_one_in", "For tests: loses one packet of this many each way; 0 loses none."},
    };
}

}  // namespace liveshop::media
