// The last packets of a track, in the form they go out in.
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "media/bytes.hpp"
#include "media/send_batch.hpp"

namespace liveshop::media {

struct CachedPacket {
    std::int64_t index = -1;
    std::size_t size = 0;
    std::array<std::uint8_t, datagram_size_max> bytes;  // a 12-byte header without payload type, then the payload

    Bytes view() const { return Bytes(bytes).first(size); }
    std::uint32_t timestamp() const { return get32(&bytes[4]); }
    bool marker() const { return bytes[1] & 0x80; }
    // Without padding.
    Bytes payload() const {
        auto data = view().subspan(12);
        std::size_t padding = (bytes[0] & 0x20) && !data.empty() ? data.back() : 0;
        return data.first(data.size() - std::min(padding, data.size()));
    }
};

// A ring addressed by packet index. An index is written at most once: retransmissions must equal the first
// transmission to the byte, or an AES-GCM nonce would repeat with another plaintext.
class PacketCache {
  public:
    // `capacity` is rounded up to a power of two.
    explicit PacketCache(std::size_t capacity) : slots_(std::bit_ceil(capacity)) {}

    std::int64_t capacity() const { return static_cast<std::int64_t>(slots_.size()); }
    // The slot for a new packet, `index` not below 0. What it held, a packet `capacity` or more older, is lost.
    CachedPacket& claim(std::int64_t index) {
        auto& slot = slots_[position(index)];
        slot.index = index;
        return slot;
    }
    const CachedPacket* find(std::int64_t index) const {
        if (index < 0) return nullptr;
        auto& slot = slots_[position(index)];
        return slot.index == index ? &slot : nullptr;
    }

  private:
    std::size_t position(std::int64_t index) const { return static_cast<std::size_t>(index) & (slots_.size() - 1); }

    std::vector<CachedPacket> slots_;
};

}  // namespace liveshop::media
