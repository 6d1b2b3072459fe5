#include "media/whip.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/tests/fixture.hpp"
#include "media/tests/test_server.hpp"

namespace liveshop::media {
namespace {

namespace http = boost::beast::http;
using http::verb;
using testing::HasSubstr;
using testing::MatchesRegex;

const std::string publish_offer = offer_fixture("chromium_publish.sdp"),
                  view_offer = offer_fixture("chromium_view.sdp");

struct Whip : testing::Test {
    TestServer server;

    HttpResponse post(std::string_view target, std::optional<std::string> grant, std::string body,
                      std::string type = "application/sdp", std::string accept = "") {
        std::vector<std::pair<std::string, std::string>> headers = {{"Content-Type", type}};
        if (grant) headers.emplace_back("Authorization", "Bearer " + *grant);
        if (!accept.empty()) headers.emplace_back("Accept", accept);
        return http_request(server, verb::post, target, headers, std::move(body));
    }
    HttpResponse publish(std::string room = "r") {
        return post("/whip/" + room, grant_for(room, Action::publish), publish_offer);
    }
    HttpResponse view(std::string room = "r") {
        return post("/whep/" + room, grant_for(room, Action::view), view_offer);
    }

    static void expect_problem(const HttpResponse& response, unsigned status, std::string_view code) {
        EXPECT_EQ(response.result_int(), status);
        EXPECT_EQ(response[http::field::content_type], "application/problem+json");
        auto body = boost::json::parse(response.body()).as_object();
        EXPECT_EQ(body["code"].as_string(), code);
        EXPECT_EQ(body["status"].to_number<unsigned>(), status);
        EXPECT_FALSE(body["title"].as_string().empty());
        EXPECT_FALSE(body["detail"].as_string().empty());
    }
};

TEST_F(Whip, AnswersAnOfferWithALocation) {
    auto response = publish();
    EXPECT_EQ(response.result_int(), 201u) << response.body();
    EXPECT_EQ(response[http::field::content_type], "application/sdp");
    EXPECT_THAT(std::string(response[http::field::location]), MatchesRegex("/whip/r/[0-9a-f]{32}"));
    EXPECT_THAT(response.body(), HasSubstr("a=ice-lite"));
    auto viewed = view();
    EXPECT_EQ(viewed.result_int(), 201u) << viewed.body();
    EXPECT_THAT(std::string(viewed[http::field::location]), MatchesRegex("/whep/r/[0-9a-f]{32}"));
}

TEST_F(Whip, GrantsAreChecked) {
    expect_problem(post("/whip/r", {}, publish_offer), 401, "media.grant_missing");
    EXPECT_EQ(post("/whip/r", {}, publish_offer)[http::field::www_authenticate], "Bearer");
    expect_problem(http_request(server, verb::post, "/whip/r", {{"Authorization", "Basic eDp5"}}, "v=0"), 401,
                   "media.grant_missing");
    expect_problem(post("/whip/r", "not.a.grant", publish_offer), 401, "media.grant_invalid");
    expect_problem(post("/whip/r", grant_for("r", Action::publish, -1), publish_offer), 401, "media.grant_expired");
    expect_problem(post("/whip/r", grant_for("other", Action::publish), publish_offer), 403, "media.grant_forbidden");
    expect_problem(post("/whip/r", grant_for("r", Action::view), publish_offer), 403, "media.grant_forbidden");
    expect_problem(post("/whep/r", grant_for("r", Action::publish), view_offer), 403, "media.grant_forbidden");
}

TEST_F(Whip, BadOffersAreRefused) {
    auto grant = grant_for("r", Action::publish);
    expect_problem(post("/whip/r", grant, "hello"), 400, "media.bad_offer");
    expect_problem(post("/whip/r", grant, ""), 400, "media.bad_offer");
    expect_problem(post("/whip/r", grant, view_offer), 406, "media.no_common_codec");
    expect_problem(post("/whip/r", grant, publish_offer, "text/plain"), 415, "media.unsupported_media_type");
    expect_problem(post("/whip/r", grant, publish_offer, "application/sdp", "text/html"), 406, "media.not_acceptable");
    expect_problem(post("/whip/r", grant, std::string(70'000, 'a')), 413, "media.offer_too_large");
    EXPECT_EQ(
        post("/whip/r", grant, publish_offer, "application/sdp; charset=utf-8", "text/html, */*;q=0.1").result_int(),
        201u);
}

TEST_F(Whip, ViewersNeedAPublisherWithTheirCodec) {
    expect_problem(view(), 404, "media.no_publisher");
    EXPECT_EQ(publish().result_int(), 201u);
    auto without_codecs = view_offer;
    for (std::string_view codec : {"VP8/90000", "opus/48000"})
        while (without_codecs.contains(codec)) without_codecs[without_codecs.find(codec)] = 'x';
    expect_problem(post("/whep/r", grant_for("r", Action::view), without_codecs), 406, "media.no_common_codec");
    expect_problem(view("elsewhere"), 404, "media.no_publisher");
}

TEST_F(Whip, SessionsEndByDelete) {
    auto location = std::string(publish()[http::field::location]);
    auto as_viewer = "/whep" + location.substr(5);
    expect_problem(http_request(server, verb::delete_, as_viewer), 404, "media.session_not_found");
    EXPECT_EQ(http_request(server, verb::delete_, location).result_int(), 200u);
    expect_problem(http_request(server, verb::delete_, location), 404, "media.session_not_found");
    expect_problem(view(), 404, "media.no_publisher");
}

TEST_F(Whip, CandidatesAreTakenAndRestartsRefused) {
    auto location = std::string(publish()[http::field::location]);
    auto patch = [&](std::string_view target, std::string type, std::string body) {
        return http_request(server, verb::patch, target, {{"Content-Type", type}, {"If-Match", "*"}}, body);
    };
    auto ufrag = sdp::parse(publish_offer)->ufrag;
    constexpr auto fragment = "application/trickle-ice-sdpfrag";
    EXPECT_EQ(patch(location, fragment, "a=ice-ufrag:" + ufrag + "\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n")
                  .result_int(),
              204u);
    expect_problem(patch(location, fragment, "a=ice-ufrag:another\r\n"), 422, "media.restart_not_supported");
    expect_problem(patch(location, "application/sdp", "v=0"), 415, "media.unsupported_media_type");
    expect_problem(patch("/whip/r/" + std::string(32, '0'), fragment, ""), 404, "media.session_not_found");
}

TEST_F(Whip, OtherPathsAndMethodsAreRefused) {
    for (auto path : {"/", "/whip", "/whip/", "/whip/a/b", "/whip/%41", "/whip/a b", "/whop/r", "/whip/r/../x",
                      "/whep/0123456789012345678901234567890123456789012345678901234567890123456789"})
        EXPECT_NE(http_request(server, verb::post, path).result_int() / 100, 2u) << path;
    expect_problem(http_request(server, verb::post, "/whop/r"), 404, "media.not_found");
    auto got = http_request(server, verb::get, "/whip/r");
    expect_problem(got, 405, "media.method_not_allowed");
    EXPECT_EQ(got[http::field::allow], "POST, OPTIONS");
    expect_problem(http_request(server, verb::put, "/whip/r/" + std::string(32, '0')), 405, "media.method_not_allowed");
    auto options = http_request(server, verb::options, "/whip/r");
    EXPECT_EQ(options.result_int(), 204u);
    EXPECT_EQ(options["Accept-Post"], "application/sdp");
}

TEST_F(Whip, RequestsThatAreNotHttpAreAnsweredAndClosed) {
    boost::asio::io_context io;
    boost::asio::local::stream_protocol::socket socket(io);
    socket.connect(server.settings.http_socket);
    boost::asio::write(socket, boost::asio::buffer(std::string_view("\x16\x03\x01 nonsense\r\n\r\n")));
    boost::beast::flat_buffer buffer;
    HttpResponse response;
    http::read(socket, buffer, response);
    expect_problem(response, 400, "media.bad_request");
}

TEST_F(Whip, HealthAndMetrics) {
    publish();
    EXPECT_EQ(http_request(server, verb::get, "/healthz").body(), "ok\n");
    auto metrics = http_request(server, verb::get, "/metrics").body();
    EXPECT_THAT(metrics, HasSubstr("\nmedia_rooms 1\n"));
    EXPECT_THAT(metrics, HasSubstr("\nmedia_sessions_created_total 1\n"));
    EXPECT_THAT(metrics, HasSubstr("media_dropped_total{reason=\"stun_malformed\"} 0\n"));
}

TEST(WhipLimits, FullRoomsAndServersSaySo) {
    Settings settings;
    settings.rooms_max = 2;
    settings.room_viewers_max = 1;
    settings.viewers_max = 2;
    TestServer server(settings);
    auto post = [&](std::string target, std::string room, Action action, const std::string& offer) {
        auto response = http_request(
            server, verb::post, target,
            {{"Content-Type", "application/sdp"}, {"Authorization", "Bearer " + grant_for(room, action)}}, offer);
        return response.result_int() == 201 ? "created"
                                            : std::string(boost::json::parse(response.body()).at("code").as_string());
    };
    auto publish = [&](std::string room) { return post("/whip/" + room, room, Action::publish, publish_offer); };
    auto view = [&](std::string room) { return post("/whep/" + room, room, Action::view, view_offer); };
    EXPECT_EQ(publish("a"), "created");
    EXPECT_EQ(publish("b"), "created");
    EXPECT_EQ(publish("c"), "media.server_full");
    EXPECT_EQ(publish("a"), "created");  // replaces the one that has not connected
    EXPECT_EQ(view("a"), "created");
    EXPECT_EQ(view("a"), "media.room_full");
    EXPECT_EQ(view("b"), "created");
    EXPECT_EQ(server.on_thread([](Router& router) { return router.viewer_count(); }), 2u);
}

}  // namespace
}  // namespace liveshop::media
