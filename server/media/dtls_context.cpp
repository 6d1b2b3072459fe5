#include <openssl/ec.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include <stdexcept>

#include "media/dtls.hpp"
#include "media/dtls_fingerprint.hpp"

namespace liveshop::media {
namespace {

using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;

constexpr long lifetime_s = 86400L * 365, backdated_s = 86400L;

void require(bool succeeded) {
    if (!succeeded) throw std::runtime_error("OpenSSL cannot set up DTLS");
}

Certificate make_certificate(EVP_PKEY* key) {
    Certificate certificate(X509_new());
    std::array<std::uint8_t, 8> random{};
    require(certificate && RAND_bytes(random.data(), static_cast<int>(random.size() - 1)) == 1);
    std::uint64_t serial = 0;
    std::memcpy(&serial, random.data(), sizeof serial);
    auto* c = certificate.get();
    require(X509_set_version(c, X509_VERSION_3) && ASN1_INTEGER_set_uint64(X509_get_serialNumber(c), serial) &&
            X509_gmtime_adj(X509_getm_notBefore(c), -backdated_s) &&
            X509_gmtime_adj(X509_getm_notAfter(c), lifetime_s) && X509_set_pubkey(c, key));
    auto* name = X509_get_subject_name(c);
    require(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, as_bytes("media").data(), -1, -1, 0) &&
            X509_set_issuer_name(c, name) && X509_sign(c, key, EVP_sha256()));
    return certificate;
}

}  // namespace

DtlsContext::DtlsContext(const char* srtp_profiles) : context_(SSL_CTX_new(DTLS_method())) {
    Key key(EVP_EC_gen("P-256"));
    require(context_ && key);
    auto certificate = make_certificate(key.get());
    fingerprint_ = sha256_fingerprint(certificate.get());

    auto* c = context_.get();
    require(SSL_CTX_use_certificate(c, certificate.get()) && SSL_CTX_use_PrivateKey(c, key.get()) &&
            SSL_CTX_set_min_proto_version(c, DTLS1_2_VERSION));
    SSL_CTX_set_options(c, SSL_OP_NO_QUERY_MTU | SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);
    // Self-signed by design: the fingerprint in the SDP is what authenticates the peer.
    SSL_CTX_set_verify(c, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, [](int, X509_STORE_CTX*) { return 1; });
    require(SSL_CTX_set_tlsext_use_srtp(c, srtp_profiles) == 0);  // unlike its neighbours, 0 is success
}

}  // namespace liveshop::media
