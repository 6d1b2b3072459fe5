// The media server as the main program sees it: its settings and one function that runs it.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace liveshop::media {

struct Settings {
    std::string udp_address = "0.0.0.0";  // what the UDP socket binds to; "::" takes IPv4 and IPv6
    std::uint16_t udp_port = 40000;       // the one port of all media; 0 lets the kernel choose (tests)
    // Literal addresses told to browsers, best first; "local" stands for those of this machine.
    std::vector<std::string> candidate_addresses = {"local"};
    std::string http_socket = "media-http.sock";            // path of the Unix socket for WHIP and WHEP
    std::string control_socket = "media-control.sock";      // path of the Unix socket for commands and events
    std::string recordings_directory = "media-recordings";  // folder of recordings under way; none are made if empty
    std::string grant_secret;                               // HS256 key shared with the API, 32 bytes or more
    int consent_timeout_s = 30;   // a peer whose ICE checks stop is dropped after this; 1..3600 (RFC 7675: 30)
    int connect_timeout_s = 15;   // a session that has not completed DTLS by then is dropped; 1..3600
    int rooms_max = 200;          // 1..100000
    int viewers_max = 2000;       // in all rooms together; 1..1000000
    int room_viewers_max = 2000;  // in one room; 1..1000000
    // Where publishers' bandwidth estimates begin, 0..100000; 0 leaves it to the browser (Chromium: 300).
    int publisher_start_bitrate_kbps = 1000;
    bool segmentation = true;       // send through UDP_SEGMENT (GSO)
    bool kernel_timestamps = true;  // arrival times from the kernel rather than from when we got to read
    int test_drop_one_in = 0;       // tests: loses one media packet of this many each way; 0 loses none
};
BOOST_DESCRIBE_STRUCT(Settings, (),
                      (udp_address, udp_port, candidate_addresses, http_socket, control_socket, recordings_directory,
                       grant_secret, consent_timeout_s, connect_timeout_s, rooms_max, viewers_max, room_viewers_max,
                       publisher_start_bitrate_kbps, segmentation, kernel_timestamps, test_drop_one_in))

// Throws std::invalid_argument whose text begins with the name of the setting that is wrong.
void validate(const Settings&);

// Serves until SIGTERM or SIGINT, then closes every peer with a DTLS close_notify and returns 0 within 2 s. Returns 1
// after logging why when it could not start.
int run(const Settings&);

}  // namespace liveshop::media
