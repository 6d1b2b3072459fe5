// DTLS 1.2 over OpenSSL, as DTLS-SRTP needs it (RFC 5763, RFC 5764).
#pragma once
#include <openssl/ssl.h>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "media/bytes.hpp"

namespace liveshop::media {

enum class SrtpProfile { aead_aes_128_gcm, aes128_cm_sha1_80 };

struct SrtpMasterKey {
    std::array<std::uint8_t, 16> key{};
    std::array<std::uint8_t, 14> salt{};  // GCM uses the first 12 bytes
};

struct SrtpKeys {
    SrtpProfile profile = SrtpProfile::aead_aes_128_gcm;
    SrtpMasterKey inbound, outbound;
};

template <auto Free>
struct Deleter {
    void operator()(auto* p) const { Free(p); }
};

// A self-signed certificate made at construction, and the TLS settings of all sessions.
class DtlsContext {
  public:
    explicit DtlsContext(const char* srtp_profiles = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80");
    SSL_CTX* native() const { return context_.get(); }
    // SHA-256 of the certificate as SDP writes it: "AB:CD:…".
    const std::string& fingerprint() const { return fingerprint_; }

  private:
    std::unique_ptr<SSL_CTX, Deleter<SSL_CTX_free>> context_;
    std::string fingerprint_;
};

// One association. It neither reads sockets nor keeps time: it is fed, and hands datagrams to `send`.
class DtlsSession {
  public:
    enum class Role { server, client };
    enum class State { handshaking, connected, failed, closed };
    using Send = std::function<void(Bytes datagram)>;

    // `peer_fingerprint` is what the peer's certificate must have; another one fails the session.
    DtlsSession(const DtlsContext&, Role, std::string peer_fingerprint, Send);
    DtlsSession(const DtlsSession&) = delete;
    DtlsSession& operator=(const DtlsSession&) = delete;

    void start();  // client: sends the first flight
    State receive(Bytes datagram);
    void on_timer();  // while handshaking: sends the last flight again when it is due
    void close();     // sends close_notify when connected
    State state() const { return state_; }
    std::optional<SrtpKeys> export_keys() const;  // once connected

  private:
    void advance();
    bool peer_certificate_matches() const;

    std::unique_ptr<SSL, Deleter<SSL_free>> ssl_;
    BIO* incoming_ = nullptr;  // owned by ssl_
    Role role_;
    std::string peer_fingerprint_;
    Send send_;
    State state_ = State::handshaking;
};

}  // namespace liveshop::media
