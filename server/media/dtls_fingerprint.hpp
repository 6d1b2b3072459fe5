// Certificate fingerprints in the form of SDP (RFC 8122).
#pragma once
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <string>

namespace liveshop::media {

// "AB:CD:…", upper case.
inline std::string sha256_fingerprint(const X509* certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    X509_digest(certificate, EVP_sha256(), digest.data(), &size);
    constexpr char hex[] = "0123456789ABCDEF";
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        if (i) text += ':';
        text += hex[digest[i] >> 4];
        text += hex[digest[i] & 15];
    }
    return text;
}

}  // namespace liveshop::media
