// Transport-wide congestion control feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01): tells a publisher
// when each of its packets arrived, from which its browser estimates the bandwidth.
#pragma once
#include <vector>

#include "media/bytes.hpp"
#include "media/rtp.hpp"

namespace liveshop::media {

class TransportFeedback {
  public:
    TransportFeedback() : arrivals_(capacity) {}

    // Every packet with a transport-wide number counts: media, retransmissions and padding of all tracks.
    void on_packet(std::uint16_t sequence, std::int64_t arrival_us);

    // Writes one feedback packet about what came since the last one; false when there is nothing (left) to tell or no
    // room for it. A stretch that does not fit in one packet takes several calls.
    bool write(Writer&, std::uint32_t sender, std::uint32_t media);

  private:
    struct Arrival {
        std::int64_t sequence = -1, at_us = 0;
    };
    static constexpr std::int64_t capacity = 2048;    // packets between two feedbacks, lost ones included
    static constexpr std::int64_t packets_max = 256;  // told by one feedback

    Arrival& slot(std::int64_t sequence) { return arrivals_[static_cast<std::size_t>(sequence % capacity)]; }
    const Arrival* find(std::int64_t sequence) {
        auto& entry = slot(sequence);
        return entry.sequence == sequence ? &entry : nullptr;
    }

    rtp::Unwrapper unwrap_;
    std::vector<Arrival> arrivals_;
    bool started_ = false;
    std::int64_t next_ = 0;  // first number not yet told
    std::int64_t end_ = 0;   // one behind the highest that came
    std::uint8_t count_ = 0;
};

}  // namespace liveshop::media
