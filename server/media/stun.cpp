#include "media/stun.hpp"

#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <boost/crc.hpp>

namespace liveshop::media::stun {
namespace {

constexpr std::uint32_t magic_cookie = 0x2112A442;
enum Attribute : std::uint16_t {
    username = 0x0006,
    message_integrity = 0x0008,
    xor_mapped_address = 0x0020,
    priority = 0x0024,
    use_candidate = 0x0025,
    fingerprint = 0x8028,
    ice_controlling = 0x802A,
};
constexpr std::size_t integrity_size = 20, integrity_attribute_size = 4 + integrity_size,
                      fingerprint_attribute_size = 8;
using Integrity = std::array<std::uint8_t, integrity_size>;

Integrity hmac_sha1(std::string_view key, Bytes data) {
    Integrity mac{};
    unsigned size = 0;
    HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), data.data(), data.size(), mac.data(), &size);
    return mac;
}

std::uint32_t checksum(Bytes data) {
    boost::crc_32_type crc;
    crc.process_bytes(data.data(), data.size());
    return crc.checksum() ^ 0x5354554E;
}

void write_header(Writer& out, std::uint16_t type, const Transaction& transaction) {
    out.u16(type);
    out.u16(0);
    out.u32(magic_cookie);
    out.bytes(transaction);
}

void write_text(Writer& out, std::uint16_t type, std::string_view text) {
    out.u16(type);
    out.u16(static_cast<unsigned>(text.size()));
    out.bytes(as_bytes(text));
    out.zeros((4 - text.size() % 4) % 4);
}

// The length field counts up to and including the attribute being made (RFC 8489, sections 14.5 and 14.7).
std::size_t finish(Writer& out, std::string_view password) {
    out.put16(2, static_cast<unsigned>(out.size() + integrity_attribute_size - header_size));
    auto mac = hmac_sha1(password, out.written());
    out.u16(message_integrity);
    out.u16(integrity_size);
    out.bytes(mac);
    out.put16(2, static_cast<unsigned>(out.size() + fingerprint_attribute_size - header_size));
    auto sum = checksum(out.written());
    out.u16(fingerprint);
    out.u16(4);
    out.u32(sum);
    return out.ok() ? out.size() : 0;
}

}  // namespace

bool looks_like_stun(Bytes d) { return d.size() >= header_size && d[0] < 4 && get32(&d[4]) == magic_cookie; }

std::optional<Message> parse(Bytes d) {
    if (!looks_like_stun(d) || d.size() > message_size_max || get16(&d[2]) + header_size != d.size()) return {};
    Message m;
    m.type = get16(&d[0]);
    std::copy_n(&d[8], m.transaction.size(), m.transaction.begin());
    bool fingerprint_seen = false;
    for (std::size_t at = header_size; at < d.size();) {
        if (at + 4 > d.size()) return {};
        std::uint16_t type = get16(&d[at]), size = get16(&d[at + 2]);
        if (at + 4 + size > d.size()) return {};
        auto value = d.subspan(at + 4, size);
        if (type == fingerprint) {
            if (size != 4 || get32(value.data()) != checksum(d.first(at))) return {};
            fingerprint_seen = true;
        } else if (!m.integrity_at) {
            if (type == username) m.username = as_text(value);
            if (type == Attribute::use_candidate) m.use_candidate = true;
            if (type == xor_mapped_address) m.mapped_address = value;
            if (type == message_integrity) {
                if (size != integrity_size) return {};
                m.integrity_at = at;
            }
        }
        at += 4 + (size + 3u) / 4 * 4;
    }
    if (!m.integrity_at || !fingerprint_seen) return {};
    return m;
}

bool authentic(Bytes d, const Message& m, std::string_view password) {
    std::array<std::uint8_t, message_size_max> covered;
    std::copy_n(d.begin(), m.integrity_at, covered.begin());
    set16(&covered[2], static_cast<std::uint16_t>(m.integrity_at + integrity_attribute_size - header_size));
    auto mac = hmac_sha1(password, Bytes(covered).first(m.integrity_at));
    return CRYPTO_memcmp(mac.data(), &d[m.integrity_at + 4], mac.size()) == 0;
}

std::size_t write_success(MutableBytes space, const Transaction& transaction, const Endpoint& mapped,
                          std::string_view password) {
    Writer out(space);
    write_header(out, binding_success, transaction);
    auto address = mapped.address();
    out.u16(xor_mapped_address);
    out.u16(static_cast<unsigned>(4 + address.size()));
    out.u16(address.size() == 4 ? 1 : 2);
    out.u16(mapped.port() ^ (magic_cookie >> 16));
    std::array<std::uint8_t, 16> mask{};
    set32(mask.data(), magic_cookie);
    std::ranges::copy(transaction, mask.begin() + 4);
    for (std::size_t i = 0; i < address.size(); ++i) out.u8(address[i] ^ mask[i]);
    return finish(out, password);
}

std::size_t write_request(MutableBytes space, const Transaction& transaction, std::string_view name,
                          std::string_view password) {
    Writer out(space);
    write_header(out, binding_request, transaction);
    write_text(out, username, name);
    out.u16(priority);
    out.u16(4);
    out.u32(0x6E0001FF);
    out.u16(ice_controlling);
    out.u16(8);
    out.bytes(Bytes(transaction).first(8));
    out.u16(Attribute::use_candidate);
    out.u16(0);
    return finish(out, password);
}

}  // namespace liveshop::media::stun
