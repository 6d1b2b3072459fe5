#include "platform/redis/resp.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "platform/redis/fuzz/resp_input.hpp"

namespace liveshop::redis {
namespace {

namespace fs = std::filesystem;

Value text(std::string bytes) { return {.kind = Kind::text, .text = std::move(bytes)}; }
Value error(std::string bytes) { return {.kind = Kind::error, .text = std::move(bytes)}; }
Value integer(std::int64_t number) { return {.kind = Kind::integer, .integer = number}; }
Value list(std::vector<Value> items) { return {.kind = Kind::list, .items = std::move(items)}; }

// The replies in `bytes`, which must be whole.
std::vector<Value> replies(std::string_view bytes, std::size_t part_bytes = 1'000'000) {
    std::vector<Value> values;
    Parser parser;
    for (std::size_t at = 0; at < bytes.size(); at += part_bytes) {
        parser.feed(bytes.substr(at, part_bytes));
        for (;;) {
            const auto next = parser.next();
            if (!next) throw std::runtime_error("refused");
            if (!*next) break;
            values.push_back(**next);
        }
    }
    return values;
}

std::optional<ParseError> refusal(std::string_view bytes, ReplyLimits limits = {}) {
    Parser parser(limits);
    parser.feed(bytes);
    for (;;) {
        const auto next = parser.next();
        if (!next) return next.error();
        if (!*next) return std::nullopt;
    }
}

TEST(Resp, ReadsWhatResp2Has) {
    EXPECT_EQ(replies("+OK\r\n-ERR no\r\n:42\r\n:-7\r\n$5\r\na\r\nbc\r\n$0\r\n\r\n$-1\r\n*-1\r\n*0\r\n"),
              (std::vector{text("OK"), error("ERR no"), integer(42), integer(-7), text("a\r\nbc"), text(""), Value{},
                           Value{}, list({})}));
    EXPECT_EQ(replies("*2\r\n*2\r\n:1\r\n:2\r\n$1\r\nx\r\n"),
              (std::vector{list({list({integer(1), integer(2)}), text("x")})}));
}

TEST(Resp, ReadsWhatResp3Adds) {
    EXPECT_EQ(replies("_\r\n#t\r\n#f\r\n,-1.5e3\r\n,inf\r\n(99999999999999999999\r\n!5\r\nERR x\r\n=5\r\ntxt:y\r\n"),
              (std::vector{Value{},
                           {.kind = Kind::boolean, .integer = 1},
                           {.kind = Kind::boolean, .integer = 0},
                           {.kind = Kind::real, .text = "-1.5e3"},
                           {.kind = Kind::real, .text = "inf"},
                           text("99999999999999999999"),
                           error("ERR x"),
                           text("txt:y")}));
    EXPECT_EQ(replies("%1\r\n+a\r\n~1\r\n:1\r\n>2\r\n+pubsub\r\n:2\r\n"),
              (std::vector<Value>{{.kind = Kind::map, .items = {text("a"), list({integer(1)})}},
                                  {.kind = Kind::push, .items = {text("pubsub"), integer(2)}}}));
}

TEST(Resp, LeavesAttributesOut) {
    EXPECT_EQ(replies("|1\r\n+ttl\r\n*1\r\n:3\r\n*2\r\n:1\r\n|1\r\n+a\r\n+b\r\n:2\r\n|0\r\n+OK\r\n"),
              (std::vector{list({integer(1), integer(2)}), text("OK")}));
}

TEST(Resp, ItDoesNotMatterWhereTheBytesAreCut) {
    const std::string_view bytes =
        ">3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$6\r\na\r\nb\r\n\r\n+OK\r\n*2\r\n|1\r\n+a\r\n+b\r\n*1\r\n:1\r\n_\r\n";
    const std::vector<Value> whole = replies(bytes);
    ASSERT_EQ(whole.size(), 3U);
    for (std::size_t part_bytes = 1; part_bytes < bytes.size(); ++part_bytes)
        EXPECT_EQ(replies(bytes, part_bytes), whole) << part_bytes;
}

TEST(Resp, RefusesWhatIsNoResp) {
    for (const std::string_view bytes : {"\r\n",
                                         "HTTP/1.1 400 Bad Request\r\n",
                                         "+OK\n",
                                         "+O\rK\r\n",
                                         ":\r\n",
                                         ":1x\r\n",
                                         ":++1\r\n",
                                         ":9223372036854775808\r\n",
                                         "#x\r\n",
                                         "_x\r\n",
                                         ",abc\r\n",
                                         "$\r\n",
                                         "$-2\r\n",
                                         "$1\r\nab\r\n",
                                         "!-1\r\n",
                                         "*-2\r\n",
                                         "~-1\r\n",
                                         "%-1\r\n",
                                         ">x\r\n",
                                         "$?\r\n",
                                         "$99999999999999999999\r\n"})
        EXPECT_EQ(refusal(bytes), ParseError::malformed) << bytes;
}

TEST(Resp, StaysRefusedAfterAnError) {
    Parser parser;
    parser.feed("?\r\n");
    EXPECT_EQ(parser.next().error(), ParseError::malformed);
    parser.feed("+OK\r\n");
    EXPECT_EQ(parser.next().error(), ParseError::malformed);
}

TEST(Resp, LimitsAreKeptAndAllThatIsWithinThemIsRead) {
    const ReplyLimits limits{
        .line_bytes_max = 10, .bulk_bytes_max = 20, .reply_bytes_max = 60, .values_max = 6, .depth_max = 2};
    EXPECT_EQ(refusal("+123456789\r\n", limits), std::nullopt);
    EXPECT_EQ(refusal("+1234567890\r\n", limits), ParseError::line_too_long);
    EXPECT_EQ(refusal("+1234567890", limits), ParseError::line_too_long) << "before its end is there";
    EXPECT_EQ(refusal("$20\r\n", limits), std::nullopt);
    EXPECT_EQ(refusal("$21\r\n", limits), ParseError::bulk_too_long) << "before its bytes are there";
    EXPECT_EQ(refusal("*5\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n", limits), std::nullopt);
    EXPECT_EQ(refusal("*6\r\n", limits), ParseError::too_many_values) << "before they are there";
    EXPECT_EQ(refusal("*100000000\r\n", limits), ParseError::too_many_values);
    EXPECT_EQ(refusal("%3\r\n", limits), ParseError::too_many_values);
    EXPECT_EQ(refusal("*1\r\n*1\r\n:1\r\n", limits), std::nullopt);
    EXPECT_EQ(refusal("*1\r\n*1\r\n*1\r\n", limits), ParseError::too_deep);
    EXPECT_EQ(refusal("*3\r\n$20\r\n12345678901234567890\r\n$20\r\n12345678901234567890\r\n$20\r\n", limits),
              ParseError::reply_too_long);
    std::string attributes;
    for (int i = 0; i < 7; ++i) attributes += "|0\r\n";
    EXPECT_EQ(refusal(attributes, limits), ParseError::too_many_values) << "attributes without end";
    std::string many;
    for (int i = 0; i < 100; ++i) many += "$20\r\n12345678901234567890\r\n";
    EXPECT_EQ(refusal(many, limits), std::nullopt) << "the limits are of one reply";
}

TEST(Resp, CommandsAreArraysOfBulkStrings) {
    std::string bytes;
    append_command(bytes, {"PUBLISH", "a b", std::string_view("\0\r\n", 3)});
    EXPECT_EQ(bytes, std::string("*3\r\n$7\r\nPUBLISH\r\n$3\r\na b\r\n$3\r\n\0\r\n\r\n", 35));
}

// The fuzzer's corpus, replayed in every test run.
TEST(Resp, Corpus) {
    int files = 0;
    for (const auto& entry :
         fs::directory_iterator(fs::path(__FILE__).parent_path().parent_path() / "fuzz/corpus/resp")) {
        std::ifstream file(entry.path(), std::ios::binary);
        const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), {});
        for (std::uint8_t cut = 0; cut < 16; ++cut) {
            std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
            input.at(0) = cut;
            fuzz::check_resp(input);
        }
        ++files;
    }
    EXPECT_GE(files, 20);
}

}  // namespace
}  // namespace liveshop::redis
