#include <gtest/gtest.h>

#include <limits>

#include "platform/shape/decode.hpp"
#include "platform/shape/encode.hpp"
#include "platform/shape/schema.hpp"

namespace liveshop {
namespace {

enum class Colour { red, public_ };
BOOST_DESCRIBE_ENUM(Colour, red, public_)

struct Line {
    Int<1, 99> quantity;
    Text<1, 5> name;
};
BOOST_DESCRIBE_STRUCT(Line, (), (quantity, name))

struct Basket {
    Id<User> id;
    Email email;
    Colour colour = Colour::red;
    std::vector<Line> lines;
    std::optional<Amount> tip_minor;
    std::optional<bool> gift;
};
BOOST_DESCRIBE_STRUCT(Basket, (), (id, email, colour, lines, tip_minor, gift))

constexpr std::string_view good = R"({"id":"0190d5a4-7b1c-7def-8123-456789abcdef","email":"Somebody@Example.COM",
    "colour":"public","lines":[{"quantity":2,"name":"caf\u00e9"}],"tip_minor":150})";

std::vector<std::string> faults_of(std::string_view text) {
    try {
        decode<Basket>(json::parse(text));
    } catch (const Invalid& invalid) {
        std::vector<std::string> pointers;
        for (const FieldError& fault : invalid.errors) pointers.push_back(fault.pointer);
        return pointers;
    }
    return {};
}

std::string with(std::string_view key, std::string_view value) {
    json::object object = json::parse(good).as_object();
    object[key] = json::parse(value);
    return json::serialize(object);
}

TEST(Shape, DecodesAndEncodesTheSameStruct) {
    const Basket basket = decode<Basket>(json::parse(good));
    EXPECT_EQ(basket.email.value, "somebody@example.com");
    EXPECT_EQ(basket.colour, Colour::public_);
    EXPECT_EQ(to_json(basket), R"({"id":"0190d5a4-7b1c-7def-8123-456789abcdef","email":"somebody@example.com",)"
                               R"("colour":"public","lines":[{"quantity":2,"name":"café"}],"tip_minor":150})");
}

TEST(Shape, ReportsEveryFaultByPointer) {
    const auto faults =
        faults_of(R"({"id":"x","email":"y","colour":"blue","lines":[{"quantity":0,"name":""},5],"more":1})");
    EXPECT_EQ(faults, (std::vector<std::string>{"/id", "/email", "/colour", "/lines/0/quantity", "/lines/0/name",
                                                "/lines/1", "/more"}));
}

TEST(Shape, MissingMembersAreNamed) {
    EXPECT_EQ(faults_of("{}"), (std::vector<std::string>{"/id", "/email", "/colour", "/lines"}));
}

TEST(Shape, NullIsAnAbsentOptional) { EXPECT_TRUE(faults_of(with("gift", "null")).empty()); }

TEST(Shape, RefusesWhatLooksRight) {
    const std::vector<std::pair<std::string, std::string>> wrong{
        {"tip_minor", "1.5"},
        {"tip_minor", "99999999999999999999"},
        {"tip_minor", "\"5\""},
        {"gift", "1"},
        {"colour", "\"public_\""},
        {"colour", "0"},
        {"email", "\"a@b@c.de\""},
        {"email", "\"a b@c.de\""},
        {"email", "\"@c.de\""},
        {"id", "\"0190d5a47b1c7def8123456789abcdef\""},
        {"id", "\"0190d5a4-7b1c-7def-8123-456789abcdeg\""},
        {"lines", "{}"},
    };
    for (const auto& [key, value] : wrong)
        EXPECT_EQ(faults_of(with(key, value)), std::vector<std::string>{"/" + key}) << key << " = " << value;
}

TEST(Shape, TextIsCountedInCharactersAndHoldsNoNul) {
    EXPECT_TRUE(faults_of(with("lines", R"([{"quantity":1,"name":"ééééé"}])")).empty());
    EXPECT_EQ(faults_of(with("lines", R"([{"quantity":1,"name":"éééééé"}])")).size(), 1U);
    EXPECT_EQ(faults_of(with("lines", R"([{"quantity":1,"name":"a\u0000b"}])")).size(), 1U);
}

TEST(Shape, NumbersBeyondADoubleAreRefused) {
    EXPECT_THROW(decode<double>(json::parse("1e400")), Invalid);
    EXPECT_THROW(decode<double>(json::parse("-1e400")), Invalid);
    EXPECT_EQ(decode<double>(json::parse("1e300")), 1e300);
}

TEST(Shape, ListsAreBounded) {
    std::string lines = "[";
    for (std::size_t i = 0; i <= list_items_max; ++i)
        lines += std::string(i ? "," : "") + R"({"quantity":1,"name":"a"})";
    EXPECT_EQ(faults_of(with("lines", lines + "]")), std::vector<std::string>{"/lines"});
}

TEST(Shape, EscapesWhatJsonMust) {
    std::string out;
    write_json(out, std::string_view("a\"b\\c\n\x01é"));
    EXPECT_EQ(out, R"("a\"b\\c\n\u0001é")");
    EXPECT_EQ(json::parse(out).as_string(), "a\"b\\c\n\x01é");
}

TEST(Shape, SchemaSaysWhatDecodingAsks) {
    Schemas schemas;
    EXPECT_EQ(schemas.of<Basket>(), (json::value{{"$ref", "#/components/schemas/Basket"}}));
    const json::object& basket = schemas.named().at("Basket").as_object();
    EXPECT_EQ(basket.at("required"), (json::array{"id", "email", "colour", "lines"}));
    EXPECT_EQ(basket.at("additionalProperties"), false);
    EXPECT_EQ(schemas.named().at("Colour").at("enum"), (json::array{"red", "public"}));
}

TEST(Amount, IsCheckedAndRoundsHalfUp) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    EXPECT_THROW(Amount{most} + Amount{1}, Overflow);
    EXPECT_THROW(Amount{-2} - Amount{most}, Overflow);
    EXPECT_THROW(Amount{most / 2} * 3, Overflow);
    EXPECT_EQ(share_of(Amount{1005}, 1000), Amount{101});  // 100.5
    EXPECT_EQ(share_of(Amount{1004}, 1000), Amount{100});
    EXPECT_EQ(share_of(Amount{0}, 10'000), Amount{0});
    EXPECT_THROW(share_of(Amount{most}, 10'000), Overflow);
    EXPECT_THROW(share_of(Amount{-1}, 100), std::invalid_argument);
}

TEST(Timestamp, ReadsBothWritingsAndWritesOne) {
    const auto us = [](std::string_view text) { return Timestamp::parse(text).value().us; };
    EXPECT_EQ(us("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(us("2000-02-29 12:00:00.5+02"), us("2000-02-29T10:00:00.500Z"));
    EXPECT_EQ(us("2030-01-01T00:00:00-05:30"), us("2030-01-01T05:30:00Z"));
    EXPECT_EQ(Timestamp{-1}.to_string(), "1969-12-31T23:59:59.999999Z");
    for (const std::string_view wrong :
         {"", "2030", "2030-02-30T00:00:00Z", "2030-01-01T24:00:00Z", "2030-01-01T00:00:00", "2030-01-01T00:00:00.Z",
          "2030-01-01T00:00:00Zx", "2030-1-1T00:00:00Z"})
        EXPECT_FALSE(Timestamp::parse(wrong)) << wrong;
}

TEST(Uuid, OfVersionSevenFollowEachOther) {
    const Uuid first = Uuid::make();
    EXPECT_EQ(Uuid::parse(first.to_string()), first);
    EXPECT_EQ(first.bytes[6] >> 4, 7);
    EXPECT_EQ(first.bytes[8] >> 6, 2);
    EXPECT_NE(first, Uuid::make());
}

}  // namespace
}  // namespace liveshop
