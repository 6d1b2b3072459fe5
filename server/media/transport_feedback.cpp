#include "media/transport_feedback.hpp"

#include <algorithm>
#include <array>

#include "media/rtcp.hpp"

namespace liveshop::media {
namespace {

constexpr std::int64_t tick_us = 250, reference_us = 64'000, ticks_per_reference = reference_us / tick_us;
constexpr std::size_t fixed_size = 20, symbols_per_chunk = 7;
enum Symbol : std::uint8_t { not_received, small_delta, large_delta };

// Status vector chunks with two-bit symbols; the last one is filled up with "not received".
void write_chunks(Writer& out, std::span<const Symbol> symbols) {
    for (std::size_t i = 0; i < symbols.size(); i += symbols_per_chunk) {
        unsigned chunk = 0xC000;
        for (std::size_t k = 0; k < symbols_per_chunk && i + k < symbols.size(); ++k)
            chunk |= static_cast<unsigned>(symbols[i + k]) << (12 - 2 * k);
        out.u16(chunk);
    }
}

}  // namespace

void TransportFeedback::on_packet(std::uint16_t wire_sequence, std::int64_t arrival_us) {
    // Unwrapped numbers start above zero so that a reordered first packet stays positive.
    auto sequence = unwrap_(wire_sequence) + 0x10000;
    if (!started_) {
        started_ = true;
        next_ = end_ = sequence;
    }
    if (sequence < end_ - capacity || sequence < 0 || find(sequence)) return;
    slot(sequence) = {sequence, arrival_us};
    end_ = std::max(end_, sequence + 1);
    next_ = std::min(next_, sequence);  // told as lost before, and here after all: told again
    next_ = std::max(next_, end_ - capacity);
}

bool TransportFeedback::write(Writer& out, std::uint32_t sender, std::uint32_t media) {
    std::array<Symbol, packets_max> symbols;
    std::array<std::uint8_t, 2 * packets_max> delta_space;
    Writer deltas(delta_space);
    std::size_t count = 0;
    std::int64_t reference = 0, clock = 0;
    bool any = false;
    auto sequence = next_;
    for (; sequence < end_ && count < symbols.size(); ++sequence) {
        auto chunks = (count + symbols_per_chunk) / symbols_per_chunk;
        if (fixed_size + 2 * chunks + deltas.size() + 2 + 3 > out.room()) break;
        auto* arrival = find(sequence);
        if (!arrival) {
            symbols[count++] = not_received;
            continue;
        }
        if (!any) {
            reference = arrival->at_us / reference_us;
            clock = reference * ticks_per_reference;
        }
        auto delta = arrival->at_us / tick_us - clock;
        if (delta < INT16_MIN || delta > INT16_MAX) break;  // told by the next feedback, with a new reference time
        any = true;
        clock += delta;
        bool small = delta >= 0 && delta <= 255;
        symbols[count++] = small ? small_delta : large_delta;
        small ? deltas.u8(static_cast<unsigned>(delta)) : deltas.u16(static_cast<unsigned>(delta) & 0xFFFF);
    }
    if (count == 0) return false;
    if (!any) {  // a stretch of losses longer than one feedback
        next_ = sequence;
        return write(out, sender, media);
    }

    auto start = out.size();
    rtcp::begin(out, rtcp::format_transport_cc, rtcp::transport_feedback, sender);
    out.u32(media);
    out.u16(static_cast<unsigned>(next_ & 0xFFFF));
    out.u16(static_cast<unsigned>(count));
    out.u32(static_cast<std::uint32_t>(reference & 0xFFFFFF) << 8 | count_++);
    write_chunks(out, std::span(symbols).first(count));
    out.bytes(deltas.written());
    if (auto padding = (4 - (out.size() - start) % 4) % 4) {
        out.put8(start, 0x80 | 0x20 | rtcp::format_transport_cc);
        out.zeros(padding - 1);
        out.u8(static_cast<unsigned>(padding));
    }
    rtcp::finish(out, start);
    next_ = sequence;
    return true;
}

}  // namespace liveshop::media
