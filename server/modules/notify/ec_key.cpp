#include "modules/notify/ec_key.hpp"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include <array>
#include <stdexcept>

namespace liveshop::notify {
namespace {

template <auto Function>
struct FreeWith {
    template <class T>
    void operator()(T* object) const {
        Function(object);
    }
};
using Context = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, FreeWith<BN_clear_free>>;
using Group = std::unique_ptr<EC_GROUP, FreeWith<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, FreeWith<EC_POINT_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, FreeWith<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, FreeWith<OSSL_PARAM_free>>;
using Memory = std::unique_ptr<BIO, FreeWith<BIO_free>>;

constexpr const char* curve = "prime256v1";

void require(bool done) {
    if (!done) throw std::runtime_error("OpenSSL cannot work with this key");
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Number number_of(std::string_view bytes) {
    Number number(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
    require(number != nullptr);
    return number;
}

// The public point of a private number; nothing where the number is not within 1 .. order - 1.
std::optional<std::string> point_of(const BIGNUM* number) {
    const Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    require(group != nullptr);
    if (BN_is_zero(number) || BN_cmp(number, EC_GROUP_get0_order(group.get())) >= 0) return std::nullopt;
    const Point point(EC_POINT_new(group.get()));
    require(point && EC_POINT_mul(group.get(), point.get(), number, nullptr, nullptr, nullptr) == 1);
    std::string out(EcKey::point_length, '\0');
    require(EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED,
                               reinterpret_cast<unsigned char*>(out.data()), out.size(), nullptr) == out.size());
    return out;
}

}  // namespace

EcKey EcKey::generate() {
    Key key(EVP_EC_gen(curve));
    require(key != nullptr);
    return EcKey(std::move(key));
}

std::optional<EcKey> EcKey::from_private(std::string_view bytes) {
    if (bytes.size() != private_length) return std::nullopt;
    const Number number = number_of(bytes);
    const std::optional<std::string> point = point_of(number.get());
    if (!point) return std::nullopt;
    return from_parts(*point, bytes);
}

std::optional<EcKey> EcKey::from_point(std::string_view bytes) {
    if (bytes.size() != point_length || bytes[0] != '\x04') return std::nullopt;
    return from_parts(bytes, {});
}

std::optional<EcKey> EcKey::from_parts(std::string_view point, std::string_view private_number) {
    const Builder builder(OSSL_PARAM_BLD_new());
    require(builder != nullptr);
    require(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve, 0) == 1);
    require(OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1);
    const Number number = number_of(private_number);  // referred to until to_param
    if (!private_number.empty())
        require(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get()) == 1);
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const Context context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    require(parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1);
    EVP_PKEY* raw = nullptr;
    const int selection = private_number.empty() ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR;
    if (EVP_PKEY_fromdata(context.get(), &raw, selection, parameters.get()) != 1) return std::nullopt;
    Key key(raw);
    const Context check(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    require(check != nullptr);
    if (EVP_PKEY_public_check(check.get()) != 1) return std::nullopt;
    return EcKey(std::move(key));
}

std::string EcKey::point() const {
    std::string out(point_length, '\0');
    std::size_t length = 0;
    require(EVP_PKEY_get_octet_string_param(key_.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                            reinterpret_cast<unsigned char*>(out.data()), out.size(), &length) == 1);
    require(length == point_length);
    return out;
}

std::string EcKey::pem() const {
    const Memory memory(BIO_new(BIO_s_mem()));
    require(memory &&
            PEM_write_bio_PKCS8PrivateKey(memory.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    char* data = nullptr;
    const long length = BIO_get_mem_data(memory.get(), &data);
    return {data, static_cast<std::size_t>(length)};
}

std::string EcKey::shared_secret(const EcKey& other) const {
    const Context context(EVP_PKEY_CTX_new_from_pkey(nullptr, key_.get(), nullptr));
    require(context && EVP_PKEY_derive_init(context.get()) == 1);
    require(EVP_PKEY_derive_set_peer(context.get(), other.key_.get()) == 1);
    std::array<unsigned char, 32> secret{};
    std::size_t length = secret.size();
    require(EVP_PKEY_derive(context.get(), secret.data(), &length) == 1 && length == secret.size());
    return {reinterpret_cast<const char*>(secret.data()), secret.size()};
}

}  // namespace liveshop::notify
