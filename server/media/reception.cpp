#include "media/reception.hpp"

#include <algorithm>
#include <cstdlib>

#include "media/clock.hpp"
#include "media/rtcp.hpp"

namespace liveshop::media {

void Reception::on_packet(std::int64_t sequence, std::uint32_t timestamp, int clock_rate, std::int64_t now_us) {
    if (received_++ == 0) first_ = highest_ = sequence;
    first_ = std::min(first_, sequence);
    highest_ = std::max(highest_, sequence);
    auto arrival = static_cast<std::uint32_t>(now_us / 1000 * clock_rate / 1000);
    auto transit = arrival - timestamp;
    if (received_ > 1) {
        auto difference = static_cast<std::int32_t>(transit - transit_);
        jitter_ += (std::abs(static_cast<double>(difference)) - jitter_) / 16;
    }
    transit_ = transit;
}

void Reception::on_sender_report(std::uint64_t ntp, std::int64_t now_us) {
    last_report_ = static_cast<std::uint32_t>(ntp >> 16);
    last_report_us_ = now_us;
}

std::int64_t Reception::lost() const {
    if (received_ == 0) return 0;
    return std::clamp<std::int64_t>(highest_ - first_ + 1 - received_, 0, 0x7FFFFF);
}

void Reception::write_report(Writer& out, std::uint32_t sender, std::uint32_t source, std::int64_t now_us) {
    constexpr std::size_t size = 32;
    if (out.room() < size) return;
    auto expected = received_ ? highest_ - first_ + 1 : 0;
    auto expected_now = expected - expected_before_, received_now = received_ - received_before_;
    auto fraction =
        expected_now > received_now && expected_now > 0 ? (expected_now - received_now) * 256 / expected_now : 0;
    expected_before_ = expected;
    received_before_ = received_;

    auto start = out.size();
    rtcp::begin(out, 1, rtcp::receiver_report, sender);
    out.u32(source);
    out.u8(static_cast<unsigned>(std::min<std::int64_t>(fraction, 255)));
    out.u8(static_cast<unsigned>(lost() >> 16));
    out.u16(static_cast<unsigned>(lost() & 0xFFFF));
    out.u32(static_cast<std::uint32_t>(highest_));
    out.u32(static_cast<std::uint32_t>(jitter_));
    out.u32(last_report_);
    out.u32(last_report_ ? static_cast<std::uint32_t>((now_us - last_report_us_) * 65536 / second_us) : 0);
    rtcp::finish(out, start);
}

}  // namespace liveshop::media
