// What goes out of the UDP socket: plain datagrams, reports and media, protected for each peer.
#pragma once
#include <random>

#include "media/media.hpp"
#include "media/peer.hpp"
#include "media/send_batch.hpp"

namespace liveshop::media {

class Output {
  public:
    Output(int socket, const Settings&, Counters&);

    void send_plain(const Endpoint&, Bytes datagram);
    void send_rtcp(Peer&, Bytes compound);
    // The size sent, or 0 when the peer cannot be reached or the packet lies before its first one.
    std::size_t send_media(Peer&, Subscription&, const Track&, const CachedPacket&);
    void flush() { batch_.flush(); }

    // Tests: whether the next media packet is to be lost.
    bool lose_one();
    Counters& counters() { return counters_; }

  private:
    SendBatch batch_;
    Counters& counters_;
    unsigned drop_one_in_;
    std::minstd_rand random_;
};

}  // namespace liveshop::media
