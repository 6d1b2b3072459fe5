// Reception statistics of one source, as receiver reports tell them (RFC 3550, sections 6.4.1, A.3 and A.8).
#pragma once
#include "media/bytes.hpp"

namespace liveshop::media {

class Reception {
  public:
    // `sequence` is unwrapped. `clock_rate` is the codec's in Hz.
    void on_packet(std::int64_t sequence, std::uint32_t timestamp, int clock_rate, std::int64_t now_us);
    void on_sender_report(std::uint64_t ntp, std::int64_t now_us);

    // Whether anything came since the last report.
    bool active() const { return received_ > received_before_; }
    // Writes a receiver report about `source` and begins a new interval.
    void write_report(Writer&, std::uint32_t sender, std::uint32_t source, std::int64_t now_us);
    std::int64_t lost() const;

  private:
    std::int64_t first_ = 0, highest_ = 0, received_ = 0, expected_before_ = 0, received_before_ = 0;
    std::uint32_t transit_ = 0;
    double jitter_ = 0;
    std::uint32_t last_report_ = 0;  // middle 32 bits of its NTP time
    std::int64_t last_report_us_ = 0;
};

}  // namespace liveshop::media
