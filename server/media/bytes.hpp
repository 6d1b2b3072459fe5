// Views of raw bytes and network byte order.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace liveshop::media {

using Bytes = std::span<const std::uint8_t>;
using MutableBytes = std::span<std::uint8_t>;

inline std::uint16_t get16(const std::uint8_t* p) { return static_cast<std::uint16_t>(p[0] << 8 | p[1]); }
inline std::uint32_t get32(const std::uint8_t* p) {
    return static_cast<std::uint32_t>(get16(p)) << 16 | static_cast<std::uint32_t>(get16(p + 2));
}
inline void set16(std::uint8_t* p, std::uint16_t value) {
    p[0] = static_cast<std::uint8_t>(value >> 8);
    p[1] = static_cast<std::uint8_t>(value);
}
inline void set32(std::uint8_t* p, std::uint32_t value) {
    set16(p, static_cast<std::uint16_t>(value >> 16));
    set16(p + 2, static_cast<std::uint16_t>(value));
}

inline Bytes as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

// Appends big-endian fields to a fixed space. What does not fit is left out whole, and ok() stays false.
class Writer {
  public:
    explicit Writer(MutableBytes space) : space_(space) {}

    void u8(unsigned value) {
        if (auto* p = take(1)) *p = static_cast<std::uint8_t>(value);
    }
    void u16(unsigned value) {
        if (auto* p = take(2)) set16(p, static_cast<std::uint16_t>(value));
    }
    void u32(std::uint32_t value) {
        if (auto* p = take(4)) set32(p, value);
    }
    void bytes(Bytes value) {
        auto* p = take(value.size());
        if (p && !value.empty()) std::memcpy(p, value.data(), value.size());
    }
    void zeros(std::size_t count) {
        auto* p = take(count);
        if (p && count) std::memset(p, 0, count);
    }
    // Overwrites a field written before; `at` must be below size().
    void put8(std::size_t at, unsigned value) { space_[at] = static_cast<std::uint8_t>(value); }
    void put16(std::size_t at, unsigned value) { set16(&space_[at], static_cast<std::uint16_t>(value)); }

    bool ok() const { return ok_; }
    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    std::size_t room() const { return space_.size() - size_; }
    Bytes written() const { return space_.first(size_); }

  private:
    std::uint8_t* take(std::size_t count) {
        if (count > room()) {
            ok_ = false;
            return nullptr;
        }
        auto* p = space_.data() + size_;
        size_ += count;
        return p;
    }

    MutableBytes space_;
    std::size_t size_ = 0;
    bool ok_ = true;
};

}  // namespace liveshop::media
