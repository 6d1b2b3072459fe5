// Bad input: what a client may send wrong, and the stable code and pointer that it gets.
#include "platform/tests/door.hpp"

namespace liveshop {
namespace {

using test::Door;
using test::faults_of;
using test::outcome_of;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

struct Part {
    Id<Part> part_id;
    Int<1, 99> quantity;
};
BOOST_DESCRIBE_STRUCT(Part, (), (part_id, quantity))
struct ChangeThing {
    Id<test::Thing> thing_id;
    Text<1, 5> name;
    Price price_minor;
    std::optional<bool> is_shown;
    std::optional<std::vector<Part>> parts;
};
BOOST_DESCRIBE_STRUCT(ChangeThing, (), (thing_id, name, price_minor, is_shown, parts))
struct FindThings {
    std::optional<Int<1, 50>> limit;
    std::optional<bool> is_shown;
    std::optional<Id<test::Thing>> after;
};
BOOST_DESCRIBE_STRUCT(FindThings, (), (limit, is_shown, after))

awaitable<ChangeThing> change_thing(Ctx&, ChangeThing in) { co_return in; }
awaitable<FindThings> find_things(Ctx&, FindThings in) { co_return in; }
awaitable<void> ping(Ctx&) { co_return; }
struct Leave {
    Id<test::Thing> thing_id;
    Text<1, 5> word;
};
BOOST_DESCRIBE_STRUCT(Leave, (), (thing_id, word))
awaitable<std::string> leave(Ctx&, Leave in) { co_return in.word.value; }

constexpr std::string_view thing = "/things/0190163d-8694-739b-aea5-966c26f8ad91";

class ApiInput : public testing::Test {
  protected:
    http::Response put(std::string body, std::string path = std::string(thing)) {
        return door.send({"PUT", std::move(path), std::move(body)});
    }
    http::Response find(std::string query) { return door.send({"GET", "/things?" + query}); }

    Door door{{.routes = route_table(put_row(), get<find_things>("/things").by(anyone), post<ping>("/ping").by(anyone),
                                     leave_row())}};

  private:
    static Route leave_row() { return del<leave>("/things/{thing_id}").by(anyone).takes_body(); }
    static Route put_row() { return liveshop::put<change_thing>("/things/{thing_id}").by(anyone); }
};

TEST_F(ApiInput, WellFormedInputArrives) {
    const http::Response response = put(
        R"({"name":"Tea","price_minor":250,"parts":[{"part_id":"0190163d-8694-739b-aea5-966c26f8ad91","quantity":2}]})");
    ASSERT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(json::parse(response.body).at("parts").at(0).at("quantity"), 2);
}

TEST_F(ApiInput, ABodyThatIsNoJsonObject) {
    const std::string deep = R"({"name":)" + std::string(40, '[') + std::string(40, ']') + "}";
    for (const std::string& body : std::vector<std::string>{"name=Tea", "{", R"({"name":"Tea"} x)", "[]", "null",
                                                            "\"text\"", "{\"name\":\"\xff\"}", deep})
        EXPECT_EQ(outcome_of(put(body)), "400 not_json") << body;
    for (const char* type : {"text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""}) {
        const http::Response response =
            door.send({"PUT", std::string(thing), R"({"name":"Tea"})", "", {{"Content-Type", type}}});
        EXPECT_EQ(outcome_of(response), "400 not_json") << type;
    }
    const std::string type = "Application/JSON; charset=utf-8";
    const http::Response response =
        door.send({"PUT", std::string(thing), R"({"name":"Tea","price_minor":1})", "", {{"Content-Type", type}}});
    EXPECT_EQ(response.status, 200);
}

TEST_F(ApiInput, AsDeepAsIsAllowedIsJudgedByItsShape) {
    const std::string body = R"({"name":)" + std::string(31, '[') + std::string(31, ']') + R"(,"price_minor":1})";
    EXPECT_THAT(faults_of(put(body)), ElementsAre("/name: must be a string"));
}

TEST_F(ApiInput, EveryFaultIsNamedAtOnce) {
    const http::Response response = put(
        R"({"name":"too long","price_minor":"1","is_shown":0,"parts":[{"part_id":"x","quantity":100},7],"more":1})");
    EXPECT_EQ(outcome_of(response), "422 invalid");
    EXPECT_THAT(faults_of(response),
                UnorderedElementsAre("/name: must be text of 1 to 5 characters",
                                     "/price_minor: must be a whole number from 0 to 9999999999",
                                     "/is_shown: must be true or false", "/parts/0/part_id: must be a UUID",
                                     "/parts/0/quantity: must be a whole number from 1 to 99",
                                     "/parts/1: must be an object", "/more: is not a field of this request"));
    EXPECT_THAT(faults_of(put("")), ElementsAre("/name: is required", "/price_minor: is required"));
}

TEST_F(ApiInput, ANumberTooLargeIsRefusedNotCut) {
    for (const char* number : {"10000000000", "9223372036854775808", "1e30", "1e400", "-1", "1.5", "1e-5"}) {
        const http::Response response = put(fmt::format(R"({{"name":"Tea","price_minor":{}}})", number));
        EXPECT_EQ(outcome_of(response).substr(0, 1), "4") << number;
        if (response.status == 422) {
            EXPECT_THAT(faults_of(response), ElementsAre(testing::StartsWith("/price_minor: "))) << number;
        } else {
            EXPECT_EQ(outcome_of(response), "400 not_json") << number;
        }
    }
}

TEST_F(ApiInput, AnIdThatIsNoUuidIsNamedByItsPointer) {
    for (const char* id : {"1", "0190163d8694739baea5966c26f8ad91", "0190163d-8694-739b-aea5-966c26f8ad9g",
                           "%7B0190163d-8694-739b-aea5-966c26f8ad91%7D", "%00"}) {
        const http::Response response = put(R"({"name":"Tea","price_minor":1})", fmt::format("/things/{}", id));
        EXPECT_EQ(outcome_of(response), "422 invalid") << id;
        EXPECT_THAT(faults_of(response), ElementsAre("/thing_id: must be a UUID")) << id;
    }
    EXPECT_THAT(faults_of(put(fmt::format(R"({{"name":"Tea","price_minor":1,"thing_id":"{}"}})", thing.substr(8)))),
                ElementsAre("/thing_id: is given by the path"));
}

TEST_F(ApiInput, AQueryIsReadByItsTypes) {
    EXPECT_EQ(find("limit=5&is_shown=true").body, R"({"limit":5,"is_shown":true})");
    EXPECT_THAT(faults_of(find("limit=51&is_shown=yes&after=1")),
                UnorderedElementsAre("/limit: must be a whole number from 1 to 50", "/is_shown: must be true or false",
                                     "/after: must be a UUID"));
    EXPECT_THAT(faults_of(find("limit=99999999999999999999")),
                ElementsAre("/limit: must be a whole number from 1 to 50"));
    EXPECT_THAT(faults_of(find("limit=1&limit=2")), ElementsAre("/limit: must be given once"));
    EXPECT_THAT(faults_of(find("page=1")), ElementsAre("/page: is not a field of this request"));
    EXPECT_THAT(faults_of(find("limit=%zz")), ElementsAre(": The query string is malformed or too long"));
    EXPECT_THAT(faults_of(find("a=" + std::string(10, 'b') +
                               [] {
                                   std::string many;
                                   for (int i = 0; i < 101; ++i) many += fmt::format("&a{}=1", i);
                                   return many;
                               }())),
                ElementsAre(": The query string is malformed or too long"));
}

TEST_F(ApiInput, ADeleteMayBringABody) {
    EXPECT_EQ(door.send({"DELETE", std::string(thing), R"({"word":"bye"})"}).body, R"("bye")");
    EXPECT_EQ(outcome_of(door.send({"DELETE", std::string(thing) + "?word=bye"})), "422 invalid");
    EXPECT_EQ(outcome_of(door.send({"DELETE", std::string(thing), "bye"})), "400 not_json");
}

TEST_F(ApiInput, ARequestWithoutInputTakesNone) {
    EXPECT_EQ(door.send({"POST", "/ping"}).status, 204);
    EXPECT_EQ(door.send({"POST", "/ping", "{}"}).status, 204);
    EXPECT_THAT(faults_of(door.send({"POST", "/ping", R"({"x":1})"})),
                ElementsAre("/x: is not a field of this request"));
}

}  // namespace
}  // namespace liveshop
