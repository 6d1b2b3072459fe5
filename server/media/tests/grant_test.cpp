#include "media/grant.hpp"

#include <gtest/gtest.h>
#include <openssl/hmac.h>

#include <boost/beast/core/detail/base64.hpp>
#include <stdexcept>

namespace liveshop::media {
namespace {

constexpr std::string_view secret = "0123456789abcdef0123456789abcdef";
constexpr std::int64_t now_s = 1'800'000'000;

Grant sample() {
    return {.room = "room-1",
            .action = Action::publish,
            .subject = "user-7",
            .expires_at_s = now_s + 60,
            .max_bitrate_kbps = 2500};
}

std::string base64url(std::string_view plain) {
    std::string text(boost::beast::detail::base64::encoded_size(plain.size()), '\0');
    text.resize(boost::beast::detail::base64::encode(text.data(), plain.data(), plain.size()));
    while (text.ends_with('=')) text.pop_back();
    for (auto& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text;
}

// A token as anybody who has the secret could make it.
std::string token(std::string_view header, std::string_view claims, std::string_view key = secret) {
    auto text = base64url(header) + "." + base64url(claims);
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
         text.size(), mac, &size);
    return text + "." + base64url({reinterpret_cast<const char*>(mac), size});
}

constexpr std::string_view hs256 = R"({"alg":"HS256"})";
constexpr std::string_view claims = R"({"aud":"media","room":"r","action":"view","sub":"u","exp":1800000060})";

TEST(Grant, IsReadAsItWasSigned) {
    auto grant = verify(sign(sample(), secret), secret, now_s);
    ASSERT_TRUE(grant);
    EXPECT_EQ(grant->room, "room-1");
    EXPECT_EQ(grant->action, Action::publish);
    EXPECT_EQ(grant->subject, "user-7");
    EXPECT_EQ(grant->expires_at_s, now_s + 60);
    EXPECT_EQ(grant->max_bitrate_kbps, 2500);
}

TEST(Grant, TokensOfOtherImplementationsAreRead) {
    auto grant = verify(token(hs256, claims), secret, now_s);
    ASSERT_TRUE(grant);
    EXPECT_EQ(grant->action, Action::view);
    EXPECT_FALSE(grant->max_bitrate_kbps);
    // The example of RFC 7515, appendix A.1, verifies as a signature but is no grant of ours.
    EXPECT_EQ(verify("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.e30.x", secret, now_s).error(), GrantError::invalid);
}

TEST(Grant, ExpiresToTheSecond) {
    auto text = sign(sample(), secret);
    EXPECT_TRUE(verify(text, secret, now_s + 59));
    EXPECT_EQ(verify(text, secret, now_s + 60).error(), GrantError::expired);
}

TEST(Grant, EveryChangedCharacterIsRefused) {
    auto text = sign(sample(), secret);
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto changed = text;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        auto grant = verify(changed, secret, now_s);
        // The last character of the signature carries two bits that are not part of it.
        if (at + 1 < text.size()) EXPECT_FALSE(grant) << at;
    }
    EXPECT_FALSE(verify(sign(sample(), "another secret of thirty-two bytes!"), secret, now_s));
}

TEST(Grant, OnlyHs256IsAnAlgorithm) {
    EXPECT_TRUE(verify(token(hs256, claims), secret, now_s));
    for (auto header : {R"({"alg":"none"})", R"({"alg":"HS512"})", R"({"alg":"hs256"})", R"({"alg":["HS256"]})",
                        R"({})", R"([])", R"(x)"})
        EXPECT_EQ(verify(token(header, claims), secret, now_s).error(), GrantError::invalid) << header;
    auto unsigned_token = base64url(R"({"alg":"none"})") + "." + base64url(claims) + ".";
    EXPECT_EQ(verify(unsigned_token, secret, now_s).error(), GrantError::invalid);
}

TEST(Grant, EveryClaimIsNeededAndTyped) {
    for (auto wrong : {R"({"room":"r","action":"view","sub":"u","exp":1800000060})",
                       R"({"aud":"api","room":"r","action":"view","sub":"u","exp":1800000060})",
                       R"({"aud":"media","room":"","action":"view","sub":"u","exp":1800000060})",
                       R"({"aud":"media","room":7,"action":"view","sub":"u","exp":1800000060})",
                       R"({"aud":"media","room":"r","action":"admin","sub":"u","exp":1800000060})",
                       R"({"aud":"media","room":"r","action":"view","exp":1800000060})",
                       R"({"aud":"media","room":"r","action":"view","sub":"u"})",
                       R"({"aud":"media","room":"r","action":"view","sub":"u","exp":"1800000060"})",
                       R"({"aud":"media","room":"r","action":"view","sub":"u","exp":1e99})",
                       R"({"aud":"media","room":"r","action":"view","sub":"u","exp":1800000060,"max_bitrate_kbps":0})",
                       R"("media")", R"()"})
        EXPECT_EQ(verify(token(hs256, wrong), secret, now_s).error(), GrantError::invalid) << wrong;
}

TEST(Grant, NonsenseIsRefused) {
    for (auto text : {"", ".", "..", "...", "a.b.c", "\xff.\xff.\xff", "a", "====.====.===="})
        EXPECT_EQ(verify(text, secret, now_s).error(), GrantError::invalid) << text;
    EXPECT_FALSE(verify(std::string(100'000, 'A'), secret, now_s));
    EXPECT_FALSE(verify(token(hs256, claims, ""), "", now_s));
    EXPECT_THROW(sign(sample(), "short"), std::invalid_argument);
}

}  // namespace
}  // namespace liveshop::media
