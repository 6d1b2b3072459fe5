#include "media/srtp.hpp"

#include <stdexcept>

namespace liveshop::media {
namespace {

void require(bool succeeded, const char* what) {
    if (!succeeded) throw std::runtime_error(what);
}

void initialise_library() {
    static const auto status = srtp_init();
    require(status == srtp_err_status_ok, "libsrtp2 cannot be initialised");
}

template <auto function>
std::optional<std::size_t> apply(srtp_t session, std::uint8_t* packet, std::size_t size) {
    int n = static_cast<int>(size);
    if (function(session, packet, &n) != srtp_err_status_ok) return {};
    return static_cast<std::size_t>(n);
}

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Deleter<EVP_CIPHER_CTX_free>>;

// Key derivation of RFC 3711, section 4.3.1 with a key derivation rate of 0.
template <std::size_t N>
std::array<std::uint8_t, N> derive(const SrtpMasterKey& master, std::uint8_t label) {
    std::array<std::uint8_t, 16> counter{};
    std::memcpy(counter.data(), master.salt.data(), 12);
    counter[7] ^= label;
    std::array<std::uint8_t, N> zero{}, out{};
    CipherContext prf(EVP_CIPHER_CTX_new());
    int n = 0;
    require(prf && EVP_EncryptInit_ex(prf.get(), EVP_aes_128_ctr(), nullptr, master.key.data(), counter.data()) &&
                EVP_EncryptUpdate(prf.get(), out.data(), &n, zero.data(), static_cast<int>(N)),
            "SRTP keys cannot be derived");
    return out;
}

}  // namespace

LibSrtp::LibSrtp(SrtpProfile profile, const SrtpMasterKey& master, Direction direction) {
    initialise_library();
    auto id = profile == SrtpProfile::aead_aes_128_gcm ? srtp_profile_aead_aes_128_gcm : srtp_profile_aes128_cm_sha1_80;
    std::array<std::uint8_t, 30> key;
    std::memcpy(key.data(), master.key.data(), 16);
    std::memcpy(key.data() + 16, master.salt.data(), 14);
    srtp_policy_t policy{};
    srtp_crypto_policy_set_from_profile_for_rtp(&policy.rtp, id);
    srtp_crypto_policy_set_from_profile_for_rtcp(&policy.rtcp, id);
    policy.ssrc.type = direction == Direction::inbound ? ssrc_any_inbound : ssrc_any_outbound;
    policy.key = key.data();
    policy.window_size = 1024;
    policy.allow_repeat_tx = direction == Direction::outbound;  // plain retransmission on NACK
    srtp_t raw = nullptr;
    auto status = srtp_create(&raw, &policy);
    session_.reset(raw);
    require(status == srtp_err_status_ok, "libsrtp2 refused the keys");
}

std::optional<std::size_t> LibSrtp::unprotect_rtp(MutableBytes p) {
    return apply<srtp_unprotect>(session_.get(), p.data(), p.size());
}
std::optional<std::size_t> LibSrtp::unprotect_rtcp(MutableBytes p) {
    return apply<srtp_unprotect_rtcp>(session_.get(), p.data(), p.size());
}
std::optional<std::size_t> LibSrtp::protect_rtp(std::uint8_t* p, std::size_t size) {
    return apply<srtp_protect>(session_.get(), p, size);
}
std::optional<std::size_t> LibSrtp::protect_rtcp(std::uint8_t* p, std::size_t size) {
    return apply<srtp_protect_rtcp>(session_.get(), p, size);
}

GcmKey::GcmKey(const SrtpMasterKey& master, std::uint8_t key_label, std::uint8_t salt_label)
    : context_(EVP_CIPHER_CTX_new()), salt_(derive<12>(master, salt_label)) {
    using Cipher = std::unique_ptr<EVP_CIPHER, Deleter<EVP_CIPHER_free>>;
    static const Cipher cipher(EVP_CIPHER_fetch(nullptr, "AES-128-GCM", nullptr));  // slow, so once
    auto key = derive<16>(master, key_label);
    require(context_ && cipher && EVP_EncryptInit_ex(context_.get(), cipher.get(), nullptr, key.data(), nullptr),
            "AES-128-GCM is not available");
}

void GcmKey::seal(std::uint8_t* out, std::uint32_t ssrc, std::uint64_t number, Bytes associated, Bytes plain) {
    // The nonce is 00 00 | SSRC | 48-bit number, masked with the salt (RFC 7714, sections 8.1 and 9.1).
    std::array<std::uint8_t, 12> nonce{};
    set32(&nonce[2], ssrc);
    set32(&nonce[6], static_cast<std::uint32_t>(number >> 16));
    set16(&nonce[10], static_cast<std::uint16_t>(number));
    for (std::size_t i = 0; i < nonce.size(); ++i) nonce[i] ^= salt_[i];
    auto* c = context_.get();
    int n = 0, size = static_cast<int>(plain.size());
    EVP_EncryptInit_ex(c, nullptr, nullptr, nullptr, nonce.data());
    EVP_EncryptUpdate(c, nullptr, &n, associated.data(), static_cast<int>(associated.size()));
    EVP_EncryptUpdate(c, out, &n, plain.data(), size);
    EVP_EncryptFinal_ex(c, out + size, &n);
    EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, 16, out + size);
}

std::size_t GcmSender::protect_rtp(std::uint8_t* out, std::uint32_t ssrc, std::uint64_t index, Bytes payload) {
    rtp_.seal(out + rtp::header_size, ssrc, index, {out, rtp::header_size}, payload);
    return rtp::header_size + payload.size() + 16;
}

std::size_t GcmSender::protect_rtcp(std::uint8_t* p, std::size_t size) {
    std::uint32_t number = ++rtcp_index_ & 0x7FFFFFFF;
    std::array<std::uint8_t, 12> associated;  // the first 8 bytes of the packet, then the trailer word with the E bit
    std::memcpy(associated.data(), p, 8);
    set32(&associated[8], 0x80000000 | number);
    rtcp_.seal(p + 8, get32(p + 4), number, associated, {p + 8, size - 8});
    std::memcpy(p + size + 16, &associated[8], 4);
    return size + 20;
}

SrtpSender::SrtpSender(const SrtpKeys& keys) {
    if (keys.profile == SrtpProfile::aead_aes_128_gcm)
        gcm_.emplace(keys.outbound);
    else
        lib_.emplace(keys.profile, keys.outbound, LibSrtp::Direction::outbound);
}

std::optional<std::size_t> SrtpSender::protect_rtp(std::uint8_t* out, std::uint32_t ssrc, std::uint64_t index,
                                                   Bytes payload) {
    if (gcm_) return gcm_->protect_rtp(out, ssrc, index, payload);
    std::memcpy(out + rtp::header_size, payload.data(), payload.size());
    return lib_->protect_rtp(out, rtp::header_size + payload.size());
}

std::optional<std::size_t> SrtpSender::protect_rtcp(std::uint8_t* p, std::size_t size) {
    return gcm_ ? gcm_->protect_rtcp(p, size) : lib_->protect_rtcp(p, size);
}

}  // namespace liveshop::media
