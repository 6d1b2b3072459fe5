#include "platform/realtime/websocket.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "raw_client.hpp"

namespace liveshop::realtime::websocket {
namespace {

using testing::client_frame;

struct Decoded {
    std::vector<std::pair<Opcode, std::string>> messages;
    int error = 0;
};

// Feeds `bytes`, cut before position `cut`, to a decoder of messages up to 70,000 bytes.
Decoded decode(std::string bytes, std::size_t cut = 0) {
    Decoded decoded;
    Decoder decoder(70'000);
    const std::span<char> all(bytes);
    for (auto part : {all.first(cut), all.subspan(cut)}) {
        while (true) {
            const auto next = decoder.next(part);
            if (!next) {
                decoded.error = static_cast<int>(next.error());
                return decoded;
            }
            if (!*next) break;
            decoded.messages.emplace_back((*next)->opcode, (*next)->payload);
        }
    }
    return decoded;
}

TEST(WebsocketEncode, UsesTheShortestLength) {
    EXPECT_EQ(encode(Opcode::text, "hi"), "\x81\x02hi");
    EXPECT_EQ(encode(Opcode::text, std::string(125, 'x')).substr(0, 2), "\x81\x7d");
    EXPECT_EQ(encode(Opcode::text, std::string(126, 'x')).substr(0, 4), std::string("\x81\x7e\x00\x7e", 4));
    EXPECT_EQ(encode(Opcode::text, std::string(65'535, 'x')).substr(0, 4), "\x81\x7e\xff\xff");
    EXPECT_EQ(encode(Opcode::text, std::string(65'536, 'x')).substr(0, 10),
              std::string("\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10));
    EXPECT_EQ(encode(Opcode::pong, ""), std::string("\x8a\x00", 2));
}

TEST(WebsocketEncode, CutsACloseReasonBetweenCharacters) {
    const std::string reason(62, 'x');
    EXPECT_EQ(encode_close(CloseCode::going_away, "bye"),
              "\x88\x05\x03\xe9"
              "bye");
    const auto cut = encode_close(CloseCode::normal, reason + reason);
    EXPECT_EQ(cut.size(), 2 + 125U);
    const auto inside = encode_close(CloseCode::normal, std::string(122, 'x') + "é");
    EXPECT_EQ(inside.size(), 2 + 2 + 122U);
}

TEST(WebsocketDecode, TakesEveryLengthClass) {
    for (const std::size_t length : {0UL, 1UL, 7UL, 8UL, 9UL, 125UL, 126UL, 127UL, 65'535UL, 65'536UL, 70'000UL}) {
        const std::string payload(length, 'y');
        const auto decoded = decode(client_frame(1, payload));
        ASSERT_EQ(decoded.messages.size(), 1U) << length;
        EXPECT_EQ(decoded.messages[0].second, payload) << length;
    }
}

// Every kind of message, cut in two at every byte: the same messages come out.
TEST(WebsocketDecode, DoesNotCareWhereBytesAreCut) {
    const auto bytes = client_frame(1, "42[\"chat\",\"Grüße 🛒\"]") + client_frame(2, "") +
                       client_frame(1, "one ", false) + client_frame(9, "are you there?") +
                       client_frame(0, "two ", false) + client_frame(10, "") + client_frame(0, "three") +
                       client_frame(2, std::string(300, 'z')) + client_frame(1, "", false) + client_frame(0, "late") +
                       client_frame(8,
                                    "\x03\xe8"
                                    "bye");
    const std::vector<std::pair<Opcode, std::string>> expected{{Opcode::text, "42[\"chat\",\"Grüße 🛒\"]"},
                                                               {Opcode::binary, ""},
                                                               {Opcode::ping, "are you there?"},
                                                               {Opcode::pong, ""},
                                                               {Opcode::text, "one two three"},
                                                               {Opcode::binary, std::string(300, 'z')},
                                                               {Opcode::text, "late"},
                                                               {Opcode::close,
                                                                "\x03\xe8"
                                                                "bye"}};
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        const auto decoded = decode(bytes, cut);
        ASSERT_EQ(decoded.error, 0) << cut;
        ASSERT_EQ(decoded.messages, expected) << cut;
    }
}

TEST(WebsocketDecode, CountsFragmentsAndControlFrames) {
    auto bytes = client_frame(1, "a", false) + client_frame(9, "") + client_frame(0, "b");
    Decoder decoder(100);
    std::span<char> input(bytes);
    while (decoder.next(input).value()) continue;
    EXPECT_EQ(decoder.frames(), 3U);
}

struct Malicious {
    const char* what;
    std::string bytes;
    int code;
};

TEST(WebsocketDecode, RefusesWhatTheProtocolForbids) {
    const auto raw = [](std::initializer_list<int> bytes) {
        std::string text;
        for (const auto byte : bytes) text.push_back(static_cast<char>(byte));
        return text;
    };
    const std::vector<Malicious> cases{
        {"not masked", raw({0x81, 0x01, 'a'}) + "abcd", 1002},
        {"reserved bit 1 (compression was not agreed)", raw({0xc1, 0x80, 0, 0, 0, 0}), 1002},
        {"reserved bit 2", raw({0xa1, 0x80, 0, 0, 0, 0}), 1002},
        {"reserved bit 3", raw({0x91, 0x80, 0, 0, 0, 0}), 1002},
        {"reserved data opcode", raw({0x83, 0x80, 0, 0, 0, 0}), 1002},
        {"reserved control opcode", raw({0x8b, 0x80, 0, 0, 0, 0}), 1002},
        {"ping of 126 bytes", client_frame(9, std::string(126, 'x')), 1002},
        {"fragmented ping", client_frame(9, "x", false), 1002},
        {"fragmented close", client_frame(8, "", false), 1002},
        {"continuation of nothing", client_frame(0, "x"), 1002},
        {"new text inside a text", client_frame(1, "a", false) + client_frame(1, "b"), 1002},
        {"new binary inside a text", client_frame(1, "a", false) + client_frame(2, "b"), 1002},
        {"16-bit length for 125 bytes", raw({0x81, 0xfe, 0, 125, 0, 0, 0, 0}), 1002},
        {"64-bit length for 65,535 bytes", raw({0x81, 0xff, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0}), 1002},
        {"length above 2^63", raw({0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}), 1002},
        {"2^63 - 1 bytes", raw({0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0}), 1009},
        {"one byte too many", client_frame(1, std::string(70'001, 'x')), 1009},
        {"fragments that add up to too much", client_frame(1, std::string(70'000, 'x'), false) + client_frame(0, "x"),
         1009},
        {"text that is not UTF-8", client_frame(1, "\xc3\x28"), 1007},
        {"a character cut by the end", client_frame(1, "\xe2\x82", false) + client_frame(0, ""), 1007},
    };
    for (const auto& test : cases) EXPECT_EQ(decode(test.bytes).error, test.code) << test.what;
}

TEST(WebsocketDecode, JoinsACharacterCutByFragments) {
    const auto decoded = decode(client_frame(1, "\xe2\x82", false) + client_frame(0, "\xac"));
    ASSERT_EQ(decoded.messages.size(), 1U);
    EXPECT_EQ(decoded.messages[0].second, "€");
}

TEST(WebsocketUtf8, FollowsUnicode) {
    for (const auto* valid : {"", "plain ASCII, longer than eight", "ß", "€", "🛒", "\xef\xbf\xbf", "\xf4\x8f\xbf\xbf",
                              "12345678é12345678", "\xed\x9f\xbf", "\xee\x80\x80"})
        EXPECT_TRUE(valid_utf8(valid)) << valid;
    for (const auto* invalid :
         {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80",
          "\xf5\x80\x80\x80", "\xff", "\xc3", "\xe2\x82", "\xf0\x9f\x9b", "12345678\xc3", "\xe2\x28\xa1"})
        EXPECT_FALSE(valid_utf8(invalid)) << invalid;
}

TEST(WebsocketClose, TakesOnlyCodesAPeerMaySend) {
    const auto body = [](int code, std::string_view reason = "") {
        return std::string{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)} + std::string(reason);
    };
    EXPECT_EQ(decode_close("")->code, CloseCode::no_status);
    for (const int code : {1000, 1001, 1002, 1003, 1007, 1011, 1014, 3000, 4999})
        EXPECT_EQ(static_cast<int>(decode_close(body(code, "ok"))->code), code);
    for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535})
        EXPECT_EQ(decode_close(body(code)).error(), CloseCode::protocol_error) << code;
    EXPECT_EQ(decode_close("\x03").error(), CloseCode::protocol_error);
    EXPECT_EQ(decode_close(body(1000, "\xff")).error(), CloseCode::invalid_payload);
    EXPECT_EQ(decode_close(body(1000, "bye"))->reason, "bye");
}

}  // namespace
}  // namespace liveshop::realtime::websocket
