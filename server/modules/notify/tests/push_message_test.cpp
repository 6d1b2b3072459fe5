#include "modules/notify/push_message.hpp"

#include <gtest/gtest.h>

#include "modules/notify/base64url.hpp"
#include "modules/notify/web_push.hpp"

namespace liveshop::notify {
namespace {

std::string bytes(std::string_view text) { return decode_base64url(text).value(); }

// RFC 8291, appendix A: the RFC's own keys, salt and result.
TEST(PushMessage, IsWhatTheRfcSays) {
    const std::optional<PushKeys> keys =
        read_push_keys("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                       "BTBZMqHH6r4Tts7J_aSIgg");
    ASSERT_TRUE(keys);
    const EcKey sender = EcKey::from_private(bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).value();
    EXPECT_EQ(base64url(sender.point()),
              "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
    const std::string body =
        encrypt_push(*keys, "When I grow up, I want to be a watermelon", sender, bytes("DGv6ra1nlYgDCS1FRnbzlw"));
    EXPECT_EQ(base64url(body),
              "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK"
              "6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
}

TEST(PushMessage, IsNeverTheSameTwice) {
    const EcKey browser = EcKey::generate();
    const PushKeys keys{browser.point(), std::string(16, 'a')};
    const std::string one = encrypt_push(keys, "text"), other = encrypt_push(keys, "text");
    EXPECT_NE(one, other);
    EXPECT_EQ(one.size(), 86 + 4 + 1 + 16U);
    EXPECT_EQ(encrypt_push(keys, std::string(push_text_max, 'x')).size(), 4096U);
    EXPECT_THROW(encrypt_push(keys, std::string(push_text_max + 1, 'x')), std::length_error);
}

TEST(PushKeys, ThatAreNoneAreRefused) {
    const std::string point = base64url(EcKey::generate().point()), auth = base64url(std::string(16, 'a'));
    EXPECT_TRUE(read_push_keys(point, auth));
    EXPECT_TRUE(read_push_keys(point + "=", auth + "==")) << "with padding";
    std::string off_curve = EcKey::generate().point();
    off_curve[64] = static_cast<char>(off_curve[64] ^ 1);
    EXPECT_FALSE(read_push_keys(base64url(off_curve), auth));
    EXPECT_FALSE(read_push_keys(base64url(std::string(65, '\x04')), auth));
    EXPECT_FALSE(read_push_keys(base64url(std::string(1, '\0')), auth)) << "the point at infinity";
    EXPECT_FALSE(read_push_keys(point, base64url(std::string(15, 'a'))));
    EXPECT_FALSE(read_push_keys("", ""));
    EXPECT_FALSE(read_push_keys(point.substr(1), auth));
    EXPECT_FALSE(read_push_keys("ä" + point, auth));
}

TEST(EcKey, PrivateNumbersAreWithinTheCurvesOrder) {
    EXPECT_FALSE(EcKey::from_private(std::string(32, '\0')));
    EXPECT_FALSE(EcKey::from_private(std::string(32, '\xFF')));
    EXPECT_FALSE(EcKey::from_private(std::string(31, 'a')));
    EXPECT_TRUE(EcKey::from_private(std::string(32, 'a')));
}

TEST(PushServices, AreCalledOnlyIfTheyAreKnown) {
    const PushServices services({"fcm.googleapis.com", "*.push.services.mozilla.com", "http://127.0.0.1:8280"});
    EXPECT_EQ(services.origin_of("https://fcm.googleapis.com/fcm/send/abc"), "https://fcm.googleapis.com");
    EXPECT_EQ(services.origin_of("https://updates.push.services.mozilla.com/wpush/v2/x"),
              "https://updates.push.services.mozilla.com");
    EXPECT_EQ(services.origin_of("http://127.0.0.1:8280/push/1"), "http://127.0.0.1:8280");
    for (const char* refused : {"http://fcm.googleapis.com/x", "https://fcm.googleapis.com:8443/x",
                                "https://fcm.googleapis.com.evil.example/", "https://push.services.mozilla.com/",
                                "https://evilpush.services.mozilla.com.example/", "http://127.0.0.1:8281/push",
                                "http://127.0.0.1/", "https://user@fcm.googleapis.com/", "file:///etc/passwd",
                                "https://169.254.169.254/latest", "", "fcm.googleapis.com"})
        EXPECT_FALSE(services.origin_of(refused)) << refused;
}

TEST(Base64url, IsReadAsItWasWritten) {
    for (std::size_t length = 0; length < 40; ++length) {
        std::string text;
        for (std::size_t i = 0; i < length; ++i) text += static_cast<char>(i * 37 + length);
        EXPECT_EQ(decode_base64url(base64url(text)), text);
    }
    EXPECT_FALSE(decode_base64url("a"));
    EXPECT_FALSE(decode_base64url("a+b/"));
    EXPECT_FALSE(decode_base64url("ab=c"));
}

}  // namespace
}  // namespace liveshop::notify
