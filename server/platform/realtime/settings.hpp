#pragma once
// What an operator may set about realtime, with the limits that keep one client from costing the others anything.
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace liveshop::realtime {

struct Settings {
    std::string path = "/socket.io/";  // the one address of both transports

    std::chrono::milliseconds ping_interval{25'000};
    std::chrono::milliseconds ping_timeout{20'000};       // a ping unanswered for so long ends the session
    std::chrono::milliseconds handshake_timeout{10'000};  // to an accepted CONNECT packet, and of an upgrade
    std::chrono::milliseconds close_timeout{5'000};       // for a client to take the last bytes and hang up

    // Broadcasts to one receiver are gathered for so long before they are written; 0 gathers those of one turn of the
    // event loop. Acks never wait, and take along what was gathered.
    std::chrono::milliseconds write_delay{0};

    // How long a client that lost its connection may come back to its session as if nothing had been; 0 is never.
    std::chrono::milliseconds recovery_window{120'000};
    std::size_t recovery_sessions_max = 20'000;         // that are waited for; beyond it the oldest are given up
    std::size_t recovery_bytes_max = 64 * 1024 * 1024;  // of events kept for them, once for all; then the oldest go

    std::size_t message_bytes_max = 64 * 1024;  // of one message or polling request; told to clients as maxPayload
    std::size_t queue_bytes_max = 1024 * 1024;  // waiting for one receiver; over it the receiver is "slow"
    std::size_t queue_messages_max = 1024;      // the same in messages
    std::size_t events_waiting_max = 32;        // of one session, behind the one being handled
    std::size_t rooms_per_session_max = 64;
    std::size_t connections_max = 50'000;  // in this process
    std::size_t connections_per_address_max =
        256;  // IPv6: per /64; generous, since an office or carrier is one address

    double events_per_second = 20;  // of one session, in the long run; fragments and control frames count too
    double events_burst = 60;       // at once

    // Origins a browser may come from ("https://shop.example"), besides the host the request is addressed to; "*" is
    // any. Requests without an Origin header do not come from a web page and are taken.
    std::vector<std::string> allowed_origins;
};

}  // namespace liveshop::realtime
