// One WebRTC session: a publisher or a viewer.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "media/dtls.hpp"
#include "media/endpoint.hpp"
#include "media/grant.hpp"
#include "media/srtp.hpp"
#include "media/track.hpp"
#include "media/transport_feedback.hpp"

namespace liveshop::media {

class Room;

// A viewer's part in one track.
struct Subscription {
    std::uint8_t payload_type = 0;
    bool active = false;
    // Outgoing index = track index - offset: every viewer starts at rollover counter 0 and far from a wrap, since a
    // receiver assumes 0 for a stream it has not seen before.
    std::int64_t first = 0, offset = 0;
    std::int64_t last = 0;  // highest track index sent
    std::uint32_t packets = 0, octets = 0;

    static constexpr std::int64_t first_outgoing_index = 1000;
    void activate(std::int64_t from) {
        active = true;
        first = from;
        last = from - 1;
        offset = from - first_outgoing_index;
    }
};

// What a publisher sends.
struct Publication {
    PerKind<std::optional<Source>> sources;
    TransportFeedback feedback;
};

struct Peer {
    std::string id;               // 128 random bits: who knows it may end the session
    std::string ufrag, password;  // ours
    std::string remote_ufrag;
    std::string subject;
    Action action = Action::view;
    bool record = false;     // a publisher that is to be recorded
    std::size_t number = 0;  // spreads periodic work
    Room* room = nullptr;    // none once it has been removed

    std::vector<Endpoint> addresses;  // those that passed a connectivity check, oldest first
    std::optional<Endpoint> selected;
    bool nominated = false;
    std::int64_t created_us = 0, alive_us = 0;
    std::unique_ptr<DtlsSession> dtls;
    std::optional<LibSrtp> receiver;  // receiver and sender exist once DTLS is connected
    std::optional<SrtpSender> sender;

    std::unique_ptr<Publication> publication;            // publisher
    PerKind<std::optional<Subscription>> subscriptions;  // viewer
    int resends_left = 0;                                // in this second

    bool connected() const { return sender.has_value(); }
};

}  // namespace liveshop::media
