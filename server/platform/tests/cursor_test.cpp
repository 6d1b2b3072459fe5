#include "platform/cursor.hpp"

#include <gtest/gtest.h>

namespace liveshop {
namespace {

struct Place {
    double score = 0;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(Place, (), (score, name))

TEST(Cursor, Base64UrlIsThatOfTheRfc) {
    // RFC 4648, 10, and what the URL alphabet is for.
    const std::pair<std::string, std::string> pairs[] = {
        {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
        {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xfb\xff", "-_8"}};
    for (const auto& [bytes, text] : pairs) {
        EXPECT_EQ(to_base64url(bytes), text);
        EXPECT_EQ(from_base64url(text), bytes);
    }
    for (const std::string_view wrong : {"Z", "Zg==", "Z g", "Zm9v+", "Zm9vY", "\xff\xff"})
        EXPECT_EQ(from_base64url(wrong), std::nullopt) << wrong;
}

TEST(Cursor, LeadsBackToThePlaceItWasWrittenFor) {
    const std::string cursor = write_cursor(Place{0.1 + 0.2, "Möbel \"A\""});
    const std::optional<Place> place = read_cursor<Place>(Cursor{cursor});
    ASSERT_TRUE(place);
    EXPECT_EQ(place->score, 0.1 + 0.2) << "to the last bit";
    EXPECT_EQ(place->name, "Möbel \"A\"");
    EXPECT_FALSE(read_cursor<Place>(std::nullopt));
}

TEST(Cursor, WhatWasNotWrittenIsRefused) {
    for (const std::string text :
         {std::string("?"), std::string("Zm9v"), to_base64url("{}"), to_base64url("[1]"),
          to_base64url(R"({"score": 1, "name": "x", "more": 1})"), to_base64url(std::string(300, '['))})
        EXPECT_THROW(read_cursor<Place>(Cursor{text}), Invalid) << text;
}

}  // namespace
}  // namespace liveshop
