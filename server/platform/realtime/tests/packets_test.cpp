#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "platform/realtime/engine_io.hpp"
#include "platform/realtime/socket_io.hpp"

namespace liveshop::realtime {
namespace {

using socket_io::Fault;
using socket_io::PacketType;

TEST(EngineIo, DecodesOnePacketAMessage) {
    EXPECT_EQ(engine_io::decode("42[\"a\"]")->type, engine_io::PacketType::message);
    EXPECT_EQ(engine_io::decode("42[\"a\"]")->data, "2[\"a\"]");
    EXPECT_EQ(engine_io::decode("3")->type, engine_io::PacketType::pong);
    EXPECT_EQ(engine_io::decode("3")->data, "");
    for (const auto* bad : {"", "7", "b", " 4", "/", "\xc3\xa9"}) EXPECT_FALSE(engine_io::decode(bad)) << bad;
}

TEST(EngineIo, OpensWithWhatTheClientNeedsToKnow) {
    const engine_io::Open open{.sid = "abc",
                               .may_upgrade = false,
                               .ping_interval = std::chrono::milliseconds(25'000),
                               .ping_timeout = std::chrono::milliseconds(20'000),
                               .message_bytes_max = 65'536};
    EXPECT_EQ(engine_io::encode_open(open),
              R"(0{"sid":"abc","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":65536})");
}

struct Good {
    std::string_view text;
    PacketType type;
    std::string_view name_space = "/";
    std::optional<std::uint64_t> ack_id = {};
    std::string_view payload = "";
    unsigned attachments = 0;
};

TEST(SocketIo, DecodesPackets) {
    const std::vector<Good> cases{
        {"0", PacketType::connect},
        {R"(0{"token":"x"})", PacketType::connect, "/", {}, R"({"token":"x"})"},
        {"0/admin", PacketType::connect, "/admin"},
        {"0/admin,", PacketType::connect, "/admin"},
        {"0/admin?a=1,{}", PacketType::connect, "/admin?a=1", {}, "{}"},
        {"1", PacketType::disconnect},
        {R"(2["a",1])", PacketType::event, "/", {}, R"(["a",1])"},
        {R"(20["a"])", PacketType::event, "/", 0, R"(["a"])"},
        {R"(2/x,12["a"])", PacketType::event, "/x", 12, R"(["a"])"},
        {R"(29007199254740991["a"])", PacketType::event, "/", 9007199254740991U, R"(["a"])"},
        {"33[1]", PacketType::ack, "/", 3, "[1]"},
        {R"(52-["a"])", PacketType::binary_event, "/", {}, R"(["a"])", 2},
        {R"(510-/x,7["a"])", PacketType::binary_event, "/x", 7, R"(["a"])", 10},
        {"61-1[1]", PacketType::binary_ack, "/", 1, "[1]", 1},
    };
    for (const auto& test : cases) {
        const auto packet = socket_io::decode(test.text);
        ASSERT_TRUE(packet) << test.text;
        EXPECT_EQ(packet->type, test.type) << test.text;
        EXPECT_EQ(packet->name_space, test.name_space) << test.text;
        EXPECT_EQ(packet->ack_id, test.ack_id) << test.text;
        EXPECT_EQ(packet->payload, test.payload) << test.text;
        EXPECT_EQ(packet->attachments, test.attachments) << test.text;
    }
}

TEST(SocketIo, RefusesBadPackets) {
    const std::string long_name_space = "2/" + std::string(200, 'x') + ",[\"a\"]";
    const std::vector<std::pair<std::string_view, Fault>> cases{
        {"", Fault::unknown_type},
        {"7", Fault::unknown_type},
        {"x", Fault::unknown_type},
        {R"(5["a"])", Fault::bad_attachments},
        {R"(50-["a"])", Fault::bad_attachments},
        {R"(511-["a"])", Fault::bad_attachments},
        {R"(5999999999999999999999-["a"])", Fault::bad_attachments},
        {R"(51["a"])", Fault::bad_attachments},
        {R"(29007199254740992["a"])", Fault::bad_ack_id},
        {R"(299999999999999999999999["a"])", Fault::bad_ack_id},
        {long_name_space, Fault::bad_namespace},
    };
    for (const auto& [text, fault] : cases) {
        const auto packet = socket_io::decode(text);
        ASSERT_FALSE(packet) << text;
        EXPECT_EQ(packet.error(), fault) << text;
    }
}

TEST(SocketIo, DecodesEvents) {
    const auto event = socket_io::decode_event(R"(["stream:message",{"text":"hi"},2])");
    ASSERT_TRUE(event);
    EXPECT_EQ(event->name, "stream:message");
    EXPECT_EQ(boost::json::serialize(event->args), R"([{"text":"hi"},2])");
    EXPECT_TRUE(socket_io::decode_event(R"(["a"])")->args.empty());
}

TEST(SocketIo, RefusesBadEvents) {
    const auto deep = R"(["a",)" + std::string(40, '[') + std::string(40, ']') + "]";
    const auto long_name = R"([")" + std::string(129, 'n') + R"("])";
    const std::vector<std::pair<std::string_view, Fault>> cases{
        {"", Fault::bad_json},
        {"[]", Fault::bad_json},
        {"{}", Fault::bad_json},
        {R"("a")", Fault::bad_json},
        {R"(["a")", Fault::bad_json},
        {R"(["a"]x)", Fault::bad_json},
        {R"(["a",NaN])", Fault::bad_json},
        {R"(["a",1e400])", Fault::bad_json},
        {R"(["a",{"b":[-1e400]}])", Fault::bad_json},
        {R"(["a","\ud800"])", Fault::bad_json},
        {deep, Fault::bad_json},
        {"[1]", Fault::bad_event_name},
        {"[null]", Fault::bad_event_name},
        {R"([""])", Fault::bad_event_name},
        {R"(["connect"])", Fault::bad_event_name},
        {R"(["disconnecting"])", Fault::bad_event_name},
        {long_name, Fault::bad_event_name},
    };
    for (const auto& [text, fault] : cases) {
        const auto event = socket_io::decode_event(text);
        ASSERT_FALSE(event) << text;
        EXPECT_EQ(event.error(), fault) << text;
    }
}

TEST(SocketIo, DecodesAuth) {
    EXPECT_TRUE(socket_io::decode_auth("")->empty());
    EXPECT_EQ(socket_io::decode_auth(R"({"token":"x"})")->at("token"), "x");
    for (const auto* bad : {"[]", "1", "{", R"("x")"}) EXPECT_FALSE(socket_io::decode_auth(bad)) << bad;
}

TEST(SocketIo, EncodesPackets) {
    EXPECT_EQ(socket_io::encode_event("said", R"({"text":"hi"})"), R"(42["said",{"text":"hi"}])");
    EXPECT_EQ(socket_io::encode_event("said", ""), R"(42["said"])");
    EXPECT_EQ(socket_io::encode_event("a\"b", "1"), R"(42["a\"b",1])");
    EXPECT_EQ(socket_io::encode_ack(7, boost::json::object{{"id", 1}}), R"(437[{"id":1}])");
    EXPECT_EQ(socket_io::encode_connect("abc", ""), R"(40{"sid":"abc"})");
    EXPECT_EQ(socket_io::encode_connect("abc", "def"), R"(40{"sid":"abc","pid":"def"})");
    EXPECT_EQ(socket_io::encode_connect_error("/", "token_expired", "Sign in again"),
              R"(44{"message":"Sign in again","data":{"code":"token_expired"}})");
    EXPECT_EQ(socket_io::encode_connect_error("/admin", "x", "y"), R"(44/admin,{"message":"y","data":{"code":"x"}})");
}

}  // namespace
}  // namespace liveshop::realtime
