#include "platform/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <boost/json.hpp>
#include <limits>

#include "platform/log/limiter.hpp"
#include "platform/log/line.hpp"

namespace liveshop::log {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using namespace std::chrono_literals;

std::string line(Format format, std::string_view message, Fields fields) {
    return body(format, message, std::span(fields.begin(), fields.size()));
}

TEST(LogLine, JsonHoldsEachFieldByType) {
    const std::string id = "0190";
    EXPECT_EQ(line(Format::json, "request",
                   {{"request_id", id},
                    {"path", "/a\"b\n"},
                    {"status", 200},
                    {"bytes", std::numeric_limits<std::uint64_t>::max()},
                    {"duration_ms", 1.25},
                    {"cached", false}}),
              R"("message":"request","request_id":"0190","path":"/a\"b\n","status":200,)"
              R"("bytes":18446744073709551615,"duration_ms":1.25,"cached":false)");
}

TEST(LogLine, TextQuotesOnlyWhatNeedsIt) {
    EXPECT_EQ(line(Format::text, "request", {{"path", "/a"}, {"title", "two words"}, {"empty", ""}, {"status", 200}}),
              R"(request path=/a title="two words" empty="" status=200)");
}

TEST(LogLine, NothingFromOutsideBreaksTheLine) {
    const std::string nasty("a\r\n\x1b[31m\0\xff\xc3", 11);
    for (const Format format : {Format::json, Format::text}) {
        const std::string written = line(format, nasty, {{"value", nasty}});
        for (const char c : written) EXPECT_GE(static_cast<unsigned char>(c), 0x20) << written;
        EXPECT_TRUE(text_length(written)) << written;
    }
    EXPECT_NO_THROW(boost::json::parse("{" + line(Format::json, nasty, {{"value", nasty}}) + "}"));
}

TEST(LogLine, LongTextsAreCutBetweenCodePoints) {
    std::string text(text_bytes_max - 1, 'x');
    text += "éé";
    const std::string written = line(Format::text, "m", {{"value", text}});
    EXPECT_THAT(written, EndsWith("xx…"));
    EXPECT_TRUE(text_length(written));
    EXPECT_LT(written.size(), text_bytes_max + 20);
}

TEST(LogLine, TextOfTokensAndPasswordsIsHidden) {
    const std::string written = line(Format::json, "login",
                                     {{"access_token", "eyJhbGciOi"},
                                      {"password", "hunter2"},
                                      {"authorization", "Bearer abc"},
                                      {"set_cookie", "refresh=1"},
                                      {"email", "ann@example.com"}});
    for (const char* leaked : {"eyJ", "hunter2", "Bearer", "refresh="}) EXPECT_THAT(written, Not(HasSubstr(leaked)));
    EXPECT_THAT(written, HasSubstr("ann@example.com"));
}

TEST(LogLine, ASecretIsNoField) {
    static_assert(!std::constructible_from<Field, std::string_view, Secret>);
    static_assert(std::constructible_from<Field, std::string_view, std::string>);
}

TEST(LogLimiter, WritesABurstAndTellsTheRestOnce) {
    Limiter limiter;
    Limiter::Time now{};
    for (std::uint64_t i = 0; i < Limiter::lines_max; ++i) EXPECT_TRUE(limiter.admit("database is away", now));
    for (int i = 0; i < 7; ++i) EXPECT_FALSE(limiter.admit("database is away", now += 1s));
    EXPECT_TRUE(limiter.admit("another", now));
    EXPECT_THAT(limiter.take_ended(now), IsEmpty());

    now += 4s;  // 11 s after the first
    const std::vector<Limiter::Suppressed> ended = limiter.take_ended(now);
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_EQ(ended[0].message, "database is away");
    EXPECT_EQ(ended[0].lines, 7U);
    EXPECT_THAT(limiter.take_ended(now), IsEmpty());
    EXPECT_TRUE(limiter.admit("database is away", now));
}

TEST(LogLimiter, HoldsABoundedNumberOfMessages) {
    Limiter limiter;
    for (std::size_t i = 0; i < Limiter::messages_max; ++i) limiter.admit(std::to_string(i), {});
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(limiter.admit("one more", {}));
}

class Log : public testing::Test {
  protected:
    ~Log() override {
        start({.environment = Environment::development, .log_level = Level::info, .log_format = {}}, "test");
    }
    template <class Act>
    static std::string captured(Settings settings, Act act) {
        testing::internal::CaptureStderr();
        start(settings, "serve");
        act();
        return testing::internal::GetCapturedStderr();
    }
};

TEST_F(Log, ProductionWritesOneJsonObjectALine) {
    const std::string written = captured({}, [] {
        info("request", {{"status", 200}});
        debug("not written");
        spdlog::warn("said by a \"library\"");
    });
    ASSERT_EQ(std::ranges::count(written, '\n'), 2) << written;
    const auto first = boost::json::parse(written.substr(0, written.find('\n'))).as_object();
    EXPECT_TRUE(Timestamp::parse(first.at("time").as_string()));
    EXPECT_EQ(first.at("level"), "info");
    EXPECT_EQ(first.at("process"), "serve");
    EXPECT_EQ(first.at("message"), "request");
    EXPECT_EQ(first.at("status"), 200);
    const auto second = boost::json::parse(written.substr(written.find('\n') + 1)).as_object();
    EXPECT_EQ(second.at("level"), "warning");
    EXPECT_EQ(second.at("message"), "said by a \"library\"");
}

TEST_F(Log, DevelopmentWritesShortLines) {
    const std::string written =
        captured({.environment = Environment::development, .log_level = Level::debug, .log_format = {}},
                 [] { debug("request", {{"status", 200}}); });
    EXPECT_THAT(written, testing::ContainsRegex("^[0-9:.]{12} debug   request status=200\n$"));
}

TEST_F(Log, TheFormatCanBeChosen) {
    const std::string written =
        captured({.environment = Environment::development, .log_level = Level::info, .log_format = Format::json},
                 [] { info("request"); });
    EXPECT_THAT(written, testing::StartsWith("{\"time\":"));
}

TEST_F(Log, ARepeatedWarningIsWrittenTenTimes) {
    const std::string written = captured({}, [] {
        for (int i = 0; i < 50; ++i) warning("the same again", {{"i", i}});
        for (int i = 0; i < 50; ++i) info("requests are not limited");
    });
    EXPECT_EQ(std::ranges::count(written, '\n'), 60);
}

}  // namespace
}  // namespace liveshop::log
