// Routes that take a picture, and those that give a file.
#include "platform/api/openapi.hpp"
#include "platform/pictures/pictures.hpp"
#include "platform/tests/door.hpp"

namespace liveshop {
namespace {

using test::Door;
using test::outcome_of;

struct OfThing {
    Id<test::Thing> thing_id;
};
BOOST_DESCRIBE_STRUCT(OfThing, (), (thing_id))

awaitable<json::value> keep_picture(Ctx& ctx, OfThing in) {
    co_return json::object{{"thing_id", in.thing_id.to_string()}, {"size", ctx.request->body.size()}};
}
awaitable<File> show_picture(Ctx&, OfThing) { co_return File{std::string("\x89PNG\0", 5)}; }
awaitable<File> hide_picture(Ctx&) {
    throw Fail(PlatformErrc::not_found);
    co_return File{};
}

const std::string thing = "/things/0190163d-8694-739b-aea5-966c26f8ad91/picture";

class ApiPicture : public testing::Test {
  protected:
    http::Response send(std::string body, std::string type, std::string token) {
        return door.send({"PUT", thing, std::move(body), std::move(token), {{"Content-Type", std::move(type)}}});
    }

    Door door{{.routes = route_table(
                   put<keep_picture>("/things/{thing_id}/picture").takes_picture().limited({.count = 6, .per_s = 3600}),
                   get<show_picture>("/things/{thing_id}/picture").by(anyone).gives("image/png"),
                   get<hide_picture>("/hidden").by(anyone).gives("image/png"))}};
    const std::string token = door.sign_in().token;
};

TEST_F(ApiPicture, ArrivesAsItIs) {
    for (const char* type : {"image/jpeg", "image/png", "IMAGE/WebP; x=1"}) {
        const http::Response response = send(std::string("\0{", 2), type, token);
        ASSERT_EQ(response.status, 200) << response.body;
        EXPECT_EQ(response.body, R"({"thing_id":"0190163d-8694-739b-aea5-966c26f8ad91","size":2})");
    }
}

TEST_F(ApiPicture, WhatIsNoneIsRefused) {
    for (const char* type : {"image/svg+xml", "application/json", "text/html", "image/png2", ""})
        EXPECT_EQ(outcome_of(send("x", type, token)), "415 not_a_picture") << type;
    EXPECT_EQ(outcome_of(send("", "image/png", token)), "415 not_a_picture");
}

TEST_F(ApiPicture, LongerThanAllowed) {
    EXPECT_EQ(send(std::string(pictures::upload_bytes_max, 'x'), "image/png", token).status, 200);
    EXPECT_EQ(outcome_of(send(std::string(pictures::upload_bytes_max + 1, 'x'), "image/png", token)), "413 too_large");
    EXPECT_EQ(door.api->body_bytes_max("PUT", thing), pictures::upload_bytes_max);
    EXPECT_EQ(door.api->body_bytes_max("GET", thing), std::size_t{1024 * 1024});
    EXPECT_EQ(door.api->body_bytes_max("PUT", "/elsewhere"), std::size_t{1024 * 1024});
}

TEST_F(ApiPicture, KeepsToPermissionAndRate) {
    EXPECT_EQ(outcome_of(send("x", "image/png", "")), "401 unauthenticated");
    for (int i = 0; i < 6; ++i) EXPECT_EQ(send("x", "image/png", token).status, 200);
    EXPECT_EQ(outcome_of(send("x", "image/png", token)), "429 rate_limited");
}

TEST_F(ApiPicture, AFileIsGivenWithItsType) {
    const http::Response response = door.send({"GET", thing});
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "image/png");
    EXPECT_EQ(response.body, std::string("\x89PNG\0", 5));
    EXPECT_EQ(outcome_of(door.send({"GET", "/hidden"})), "404 not_found");
}

TEST_F(ApiPicture, TheDocumentSaysSo) {
    const json::value document = json::parse(openapi_document(door.routes(), "1"));
    const json::value& path = document.at("paths").at("/api/v1/things/{thing_id}/picture");
    const json::object& bodies = path.at("put").at("requestBody").at("content").as_object();
    EXPECT_EQ(bodies.size(), 3U);
    for (const char* type : {"image/jpeg", "image/png", "image/webp"})
        EXPECT_EQ(bodies.at(type).at("schema").at("format"), "binary") << type;
    EXPECT_TRUE(path.at("put").at("responses").as_object().contains("415"));
    EXPECT_TRUE(path.at("put").at("responses").as_object().contains("413"));
    EXPECT_EQ(path.at("put").at("parameters").as_array().size(), 1U);
    EXPECT_EQ(path.at("get").at("responses").at("200").at("content").at("image/png").at("schema").at("format"),
              "binary");
}

}  // namespace
}  // namespace liveshop
