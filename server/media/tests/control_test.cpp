#include "media/control.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include "media/control_client.hpp"
#include "media/tests/fixture.hpp"
#include "media/tests/test_server.hpp"

namespace liveshop::media {
namespace {

namespace json = boost::json;

void publish(const TestServer& server, const std::string& room) {
    auto response = http_request(
        server, boost::beast::http::verb::post, "/whip/" + room,
        {{"Content-Type", "application/sdp"}, {"Authorization", "Bearer " + grant_for(room, Action::publish)}},
        offer_fixture("chromium_publish.sdp"));
    ASSERT_EQ(response.result_int(), 201u);
}

json::value call_and_wait(const TestServer& server, json::object command) {
    boost::asio::io_context io;
    auto result =
        boost::asio::co_spawn(io, call(server.settings.control_socket, std::move(command)), boost::asio::use_future);
    io.run();
    return result.get();
}

TEST(Control, AnswersCommandsInOrderWithTheirIds) {
    TestServer server;
    publish(server, "a");
    ControlConnection control(server);
    control.send("{\"id\":1,\"command\":\"rooms\"}\n{\"id\":\"x\",\"command\":\"statistics\"}\n");
    auto rooms = control.read();
    EXPECT_EQ(rooms["id"], 1);
    auto& room = rooms["result"].at("rooms").at(0);
    EXPECT_EQ(room.at("room"), "a");
    EXPECT_EQ(room.at("publisher_connected"), false);
    auto statistics = control.read();
    EXPECT_EQ(statistics["id"], "x");
    EXPECT_EQ(statistics["result"].at("sessions"), 1);
    EXPECT_EQ(control.ask(R"({"id":3,"command":"close_publisher","room":"a"})")["result"].at("closed"), 1);
    EXPECT_EQ(control.ask(R"({"id":4,"command":"close_room","room":"a"})")["result"].at("closed"), 0);
    EXPECT_TRUE(control.ask(R"({"command":"rooms"})")["result"].at("rooms").as_array().empty());
}

TEST(Control, WrongLinesGetErrorsAndTheConnectionLives) {
    TestServer server;
    ControlConnection control(server);
    for (auto line : {"", "x", "[]", "{}", "{\"command\":7}", "{\"command\":\"close_room\"}",
                      "{\"command\":\"close_room\",\"room\":[]}"})
        EXPECT_EQ(control.ask(line)["error"].at("code"), "media.bad_request") << line;
    EXPECT_EQ(control.ask(R"({"command":"reboot"})")["error"].at("code"), "media.unknown_command");
    EXPECT_TRUE(control.ask(R"({"command":"rooms"})").contains("result"));
}

TEST(Control, ALineTooLongEndsItsConnectionOnly) {
    TestServer server;
    ControlConnection other(server), control(server);
    EXPECT_EQ(control.ask(std::string(10'000, 'x'))["error"].at("code"), "media.bad_request");
    EXPECT_THROW(control.read(), boost::system::system_error);
    EXPECT_TRUE(other.ask(R"({"command":"rooms"})").contains("result"));
}

TEST(Control, TheClientCallsAndIsRefused) {
    TestServer server;
    publish(server, "a");
    EXPECT_EQ(call_and_wait(server, {{"command", "close_room"}, {"room", "a"}}).at("closed"), 1);
    EXPECT_THROW(call_and_wait(server, {{"command", "nothing"}}), ControlError);
    TestServer gone;
    auto path = gone.settings.control_socket;
    server.settings.control_socket = path + ".none";
    EXPECT_THROW(call_and_wait(server, {{"command", "rooms"}}), boost::system::system_error);
}

TEST(Control, SocketsAreTheOwnersAloneAndPathsInUseAreRefused) {
    TestServer server;
    auto permissions = std::filesystem::status(server.settings.control_socket).permissions();
    EXPECT_EQ(permissions & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
              std::filesystem::perms::none);
    Settings same = server.settings;
    same.udp_port = 0;
    boost::asio::io_context io;
    EXPECT_THROW(Server(io, same), std::runtime_error);
}

TEST(Settings, WrongOnesAreNamed) {
    Settings good;
    good.grant_secret = test_secret;
    EXPECT_NO_THROW(validate(good));
    auto fault = [&](auto change) {
        auto settings = good;
        change(settings);
        try {
            validate(settings);
        } catch (const std::invalid_argument& wrong) {
            return std::string(wrong.what());
        }
        return std::string("none");
    };
    auto expect = [&](std::string_view name, auto change) {
        EXPECT_TRUE(fault(change).starts_with(name)) << fault(change);
    };
    expect("grant_secret", [](Settings& s) { s.grant_secret = "short"; });
    expect("udp_address", [](Settings& s) { s.udp_address = "localhost"; });
    expect("candidate_addresses", [](Settings& s) { s.candidate_addresses = {}; });
    expect("candidate_addresses", [](Settings& s) { s.candidate_addresses = {"media.example"}; });
    expect("consent_timeout_s", [](Settings& s) { s.consent_timeout_s = 0; });
    expect("rooms_max", [](Settings& s) { s.rooms_max = -1; });
    expect("http_socket", [](Settings& s) { s.http_socket = ""; });
}

}  // namespace
}  // namespace liveshop::media
