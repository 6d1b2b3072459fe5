#include "media/dtls.hpp"

#include <openssl/err.h>
#include <strings.h>

#include <stdexcept>

#include "media/dtls_fingerprint.hpp"

namespace liveshop::media {
namespace {

constexpr long mtu = 1200, udp_overhead = 48;

// OpenSSL makes one BIO_write per DTLS datagram. A memory BIO would glue them together, so the outgoing side is a BIO
// that hands each write to the session's send function.
int datagram_write(BIO* bio, const char* data, int size) {
    auto& send = *static_cast<DtlsSession::Send*>(BIO_get_data(bio));
    send({reinterpret_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)});
    return size;
}

long datagram_control(BIO*, int command, long, void*) {
    switch (command) {
        case BIO_CTRL_FLUSH:
            return 1;
        case BIO_CTRL_DGRAM_QUERY_MTU:
            return mtu;
        case BIO_CTRL_DGRAM_GET_MTU_OVERHEAD:
            return udp_overhead;
        default:
            return 0;
    }
}

const BIO_METHOD* datagram_method() {
    static const std::unique_ptr<BIO_METHOD, Deleter<BIO_meth_free>> method = [] {
        auto* m = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "datagram out");
        BIO_meth_set_write(m, datagram_write);
        BIO_meth_set_ctrl(m, datagram_control);
        BIO_meth_set_create(m, [](BIO* bio) {
            BIO_set_init(bio, 1);
            return 1;
        });
        return std::unique_ptr<BIO_METHOD, Deleter<BIO_meth_free>>(m);
    }();
    return method.get();
}

}  // namespace

DtlsSession::DtlsSession(const DtlsContext& context, Role role, std::string peer_fingerprint, Send send)
    : ssl_(SSL_new(context.native())),
      role_(role),
      peer_fingerprint_(std::move(peer_fingerprint)),
      send_(std::move(send)) {
    incoming_ = BIO_new(BIO_s_mem());
    BIO* outgoing = BIO_new(datagram_method());
    if (!ssl_ || !incoming_ || !outgoing) throw std::bad_alloc();
    BIO_set_mem_eof_return(incoming_, -1);  // empty means "retry", not end of file
    BIO_set_data(outgoing, &send_);
    SSL_set_bio(ssl_.get(), incoming_, outgoing);
    SSL_set_mtu(ssl_.get(), mtu);
    if (role == Role::server)
        SSL_set_accept_state(ssl_.get());
    else
        SSL_set_connect_state(ssl_.get());
}

void DtlsSession::start() { advance(); }

DtlsSession::State DtlsSession::receive(Bytes datagram) {
    if (state_ == State::failed || state_ == State::closed) return state_;
    BIO_write(incoming_, datagram.data(), static_cast<int>(datagram.size()));
    advance();
    return state_;
}

void DtlsSession::advance() {
    ERR_clear_error();
    if (state_ == State::handshaking) {
        int result = SSL_do_handshake(ssl_.get());
        if (result == 1) {
            state_ = peer_certificate_matches() && SSL_get_selected_srtp_profile(ssl_.get()) ? State::connected
                                                                                             : State::failed;
        } else if (SSL_get_error(ssl_.get(), result) != SSL_ERROR_WANT_READ) {
            state_ = State::failed;
        }
    }
    if (state_ != State::connected) return;
    std::array<std::uint8_t, 2048> ignored;  // no application data is expected, only alerts and late retransmissions
    while (SSL_read(ssl_.get(), ignored.data(), static_cast<int>(ignored.size())) > 0) continue;
    if (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) state_ = State::closed;
}

void DtlsSession::on_timer() {
    timeval due{};
    if (state_ != State::handshaking || !DTLSv1_get_timeout(ssl_.get(), &due)) return;
    if (due.tv_sec == 0 && due.tv_usec == 0 && DTLSv1_handle_timeout(ssl_.get()) < 0) state_ = State::failed;
}

void DtlsSession::close() {
    if (state_ == State::connected) SSL_shutdown(ssl_.get());
    state_ = State::closed;
}

bool DtlsSession::peer_certificate_matches() const {
    std::unique_ptr<X509, Deleter<X509_free>> certificate(SSL_get1_peer_certificate(ssl_.get()));
    return certificate && strcasecmp(sha256_fingerprint(certificate.get()).c_str(), peer_fingerprint_.c_str()) == 0;
}

std::optional<SrtpKeys> DtlsSession::export_keys() const {
    auto* chosen = SSL_get_selected_srtp_profile(ssl_.get());
    if (state_ != State::connected || !chosen) return {};
    bool gcm = chosen->id == SRTP_AEAD_AES_128_GCM;
    const std::size_t key_size = 16, salt_size = gcm ? 12 : 14;
    // Client key, server key, client salt, server salt (RFC 5764, section 4.2).
    constexpr std::string_view label = "EXTRACTOR-dtls_srtp";
    std::array<std::uint8_t, 60> material;
    if (!SSL_export_keying_material(ssl_.get(), material.data(), 2 * (key_size + salt_size), label.data(), label.size(),
                                    nullptr, 0, 0))
        return {};
    SrtpKeys keys{
        .profile = gcm ? SrtpProfile::aead_aes_128_gcm : SrtpProfile::aes128_cm_sha1_80, .inbound = {}, .outbound = {}};
    auto& client = role_ == Role::server ? keys.inbound : keys.outbound;
    auto& server = role_ == Role::server ? keys.outbound : keys.inbound;
    auto* at = material.data();
    std::memcpy(client.key.data(), at, key_size);
    std::memcpy(server.key.data(), at + key_size, key_size);
    std::memcpy(client.salt.data(), at + 2 * key_size, salt_size);
    std::memcpy(server.salt.data(), at + 2 * key_size + salt_size, salt_size);
    OPENSSL_cleanse(material.data(), material.size());
    return keys;
}

}  // namespace liveshop::media
