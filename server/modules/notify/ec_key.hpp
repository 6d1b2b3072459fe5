#pragma once
#include <openssl/evp.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace liveshop::notify {

/// A key pair of the curve P-256, or its public half.
class EcKey {
  public:
    static constexpr std::size_t private_length = 32, point_length = 65;

    /// A new pair.
    static EcKey generate();
    /// The pair of a private number of 32 bytes, big-endian; nothing where it is none of the curve's.
    static std::optional<EcKey> from_private(std::string_view bytes);
    /// An uncompressed point (SEC 1, 2.3.3): nothing where it is malformed or not on the curve.
    static std::optional<EcKey> from_point(std::string_view bytes);

    /// The public half as an uncompressed point, 65 bytes.
    std::string point() const;
    /// PKCS #8 in PEM, of a pair.
    std::string pem() const;
    /// The secret shared with the other half (RFC 6090): 32 bytes.
    std::string shared_secret(const EcKey& other) const;

  private:
    struct Free {
        void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    };
    using Key = std::unique_ptr<EVP_PKEY, Free>;
    explicit EcKey(Key key) : key_(std::move(key)) {}
    static std::optional<EcKey> from_parts(std::string_view point, std::string_view private_number);

    Key key_;
};

}  // namespace liveshop::notify
