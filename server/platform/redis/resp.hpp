#pragma once
// RESP2 and RESP3, what Redis and its clients say to each other (redis.io, "Redis serialization protocol
// specification"). No input or output here: bytes in, values out.
#include <boost/describe.hpp>
#include <cstdint>
#include <expected>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liveshop::redis {

/// What a value is. Simple, bulk and verbatim strings and big numbers are text; arrays and sets are lists.
enum class Kind { null, text, error, integer, real, boolean, list, map, push };
BOOST_DESCRIBE_ENUM(Kind, null, text, error, integer, real, boolean, list, map, push)

struct Value {
    Kind kind = Kind::null;
    std::string text = {};          ///< of text and error: the bytes; of real: the number as it was sent
    std::int64_t integer = 0;       ///< of integer; of boolean 0 or 1
    std::vector<Value> items = {};  ///< of list, push and map; a map's are key, value, key, value …

    bool operator==(const Value&) const = default;
};

/// What one reply may take. The server is ours, but what answers at its address need not be.
struct ReplyLimits {
    std::size_t line_bytes_max = 8 * 1024;
    std::size_t bulk_bytes_max = 1024 * 1024;
    std::size_t reply_bytes_max = 4 * 1024 * 1024;
    std::size_t values_max = 10'000;  ///< over all levels
    std::size_t depth_max = 8;
};

enum class ParseError { malformed, line_too_long, bulk_too_long, reply_too_long, too_many_values, too_deep };
BOOST_DESCRIBE_ENUM(ParseError, malformed, line_too_long, bulk_too_long, reply_too_long, too_many_values, too_deep)

/// Turns a stream of bytes, cut anywhere, into replies. The time it takes grows with the bytes alone.
class Parser {
  public:
    explicit Parser(ReplyLimits limits = {}) : limits_(limits) {}

    void feed(std::string_view bytes) { buffer_ += bytes; }
    /// The next whole reply, or nothing until more has arrived. After an error the stream makes no sense any more:
    /// every further call answers the same.
    std::expected<std::optional<Value>, ParseError> next();

  private:
    /// A list, push, map or attribute whose values are still coming.
    struct Open {
        Value value;
        std::size_t missing = 0;
        bool is_attribute = false;
    };
    struct Bulk {
        Kind kind;
        std::size_t bytes;
    };
    /// Whether a value was read that stands for itself; `into` is set if so.
    std::expected<bool, ParseError> read_token(Value& into);
    std::expected<bool, ParseError> read_bulk(Value& into);
    std::expected<bool, ParseError> interpret(char type, std::string_view line, Value& into);
    std::expected<bool, ParseError> open_bulk(Kind kind, std::string_view length, Value& into);
    std::expected<bool, ParseError> open_list(char type, std::string_view length, Value& into);
    std::expected<void, ParseError> count(std::size_t bytes);
    std::optional<Value> close_lists(Value value);

    ReplyLimits limits_;
    std::string buffer_;
    std::size_t at_ = 0;    // everything before is read
    bool starved_ = false;  // the buffer's rest is no whole token
    std::vector<Open> open_;
    std::optional<Bulk> bulk_;            // its length was read, its bytes were not
    std::size_t values_ = 0, bytes_ = 0;  // of the reply under way
    std::optional<ParseError> failed_;
};

/// Appends a command: an array of bulk strings.
void append_command(std::string& out, std::initializer_list<std::string_view> words);

}  // namespace liveshop::redis
