// SRTP and SRTCP (RFC 3711, RFC 7714): libsrtp2 for all that comes in and for the AES-CM profile; AES-128-GCM of our
// own on the hot way out, which agrees byte for byte with libsrtp2.
#pragma once
#include <openssl/evp.h>
#include <srtp2/srtp.h>

#include <array>
#include <memory>
#include <optional>

#include "media/bytes.hpp"
#include "media/dtls.hpp"
#include "media/rtp.hpp"

namespace liveshop::media {

inline constexpr std::size_t srtp_overhead_max = 16, srtcp_overhead_max = 20;

// One libsrtp2 session in one direction, for any SSRC. All functions work in place and return the new size, or nothing
// when the packet must be dropped; the protecting ones need room for the overhead behind `size`.
class LibSrtp {
  public:
    enum class Direction { inbound, outbound };

    LibSrtp(SrtpProfile, const SrtpMasterKey&, Direction);

    std::optional<std::size_t> unprotect_rtp(MutableBytes packet);
    std::optional<std::size_t> unprotect_rtcp(MutableBytes packet);
    std::optional<std::size_t> protect_rtp(std::uint8_t* packet, std::size_t size);
    std::optional<std::size_t> protect_rtcp(std::uint8_t* packet, std::size_t size);

  private:
    std::unique_ptr<srtp_ctx_t, Deleter<srtp_dealloc>> session_;
};

// One AES-128-GCM key with its salt. The key schedule is set up once; each packet changes only the nonce.
class GcmKey {
  public:
    GcmKey(const SrtpMasterKey&, std::uint8_t key_label, std::uint8_t salt_label);

    // Writes the ciphertext of `plain` to `out` (may be its own place) and the 16-byte tag behind it. `number` is the
    // 48-bit packet index or the 31-bit SRTCP index; it must never repeat with other plaintext.
    void seal(std::uint8_t* out, std::uint32_t ssrc, std::uint64_t number, Bytes associated, Bytes plain);

  private:
    std::unique_ptr<EVP_CIPHER_CTX, Deleter<EVP_CIPHER_CTX_free>> context_;
    std::array<std::uint8_t, 12> salt_;
};

class GcmSender {
  public:
    explicit GcmSender(const SrtpMasterKey& master) : rtp_(master, 0, 2), rtcp_(master, 3, 5) {}

    std::size_t protect_rtp(std::uint8_t* out, std::uint32_t ssrc, std::uint64_t index, Bytes payload);
    std::size_t protect_rtcp(std::uint8_t* packet, std::size_t size);

  private:
    GcmKey rtp_, rtcp_;
    std::uint32_t rtcp_index_ = 0;
};

// Outbound protection for one peer with whichever profile was negotiated.
class SrtpSender {
  public:
    explicit SrtpSender(const SrtpKeys&);

    // `out` begins with a complete 12-byte RTP header and has room for payload and overhead; `index` is the rollover
    // counter and the sequence number. The same index must always carry the same bytes.
    std::optional<std::size_t> protect_rtp(std::uint8_t* out, std::uint32_t ssrc, std::uint64_t index, Bytes payload);
    std::optional<std::size_t> protect_rtcp(std::uint8_t* packet, std::size_t size);

  private:
    std::optional<GcmSender> gcm_;
    std::optional<LibSrtp> lib_;
};

}  // namespace liveshop::media
