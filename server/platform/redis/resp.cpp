#include "platform/redis/resp.hpp"

#include <fmt/format.h>

#include <charconv>
#include <iterator>
#include <utility>

namespace liveshop::redis {
namespace {

using std::unexpected;
constexpr std::string_view line_end = "\r\n";

template <class Number>
std::optional<Number> number_of(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    if (text.starts_with('+')) return std::nullopt;
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

std::expected<void, ParseError> Parser::count(std::size_t bytes) {
    bytes_ += bytes;
    if (bytes_ > limits_.reply_bytes_max) return unexpected(ParseError::reply_too_long);
    return {};
}

std::expected<bool, ParseError> Parser::read_token(Value& into) {
    starved_ = false;
    if (bulk_) return read_bulk(into);
    const std::size_t end = buffer_.find_first_of(line_end, at_);
    const std::size_t line_bytes = std::min(end, buffer_.size()) - at_;
    if (line_bytes > limits_.line_bytes_max) return unexpected(ParseError::line_too_long);
    if (end == buffer_.npos || (buffer_[end] == '\r' && end + 1 == buffer_.size())) {
        starved_ = true;
        return false;
    }
    if (line_bytes == 0 || buffer_.compare(end, line_end.size(), line_end) != 0)
        return unexpected(ParseError::malformed);
    const std::string_view line = std::string_view(buffer_).substr(at_, line_bytes);
    at_ = end + line_end.size();
    if (++values_ > limits_.values_max) return unexpected(ParseError::too_many_values);
    if (const auto counted = count(line_bytes); !counted) return unexpected(counted.error());
    return interpret(line.front(), line.substr(1), into);
}

std::expected<bool, ParseError> Parser::read_bulk(Value& into) {
    if (buffer_.size() - at_ < bulk_->bytes + line_end.size()) {
        starved_ = true;
        return false;
    }
    if (buffer_.compare(at_ + bulk_->bytes, line_end.size(), line_end) != 0) return unexpected(ParseError::malformed);
    into = Value{.kind = bulk_->kind, .text = buffer_.substr(at_, bulk_->bytes)};
    at_ += bulk_->bytes + line_end.size();
    bulk_.reset();
    return true;
}

std::expected<bool, ParseError> Parser::interpret(char type, std::string_view line, Value& into) {
    switch (type) {
        case '+':
        case '(':
            into = Value{.kind = Kind::text, .text = std::string(line)};
            return true;
        case '-':
            into = Value{.kind = Kind::error, .text = std::string(line)};
            return true;
        case ':': {
            const auto integer = number_of<std::int64_t>(line);
            if (!integer) return unexpected(ParseError::malformed);
            into = Value{.kind = Kind::integer, .integer = *integer};
            return true;
        }
        case ',':
            if (!number_of<double>(line)) return unexpected(ParseError::malformed);
            into = Value{.kind = Kind::real, .text = std::string(line)};
            return true;
        case '#':
            if (line != "t" && line != "f") return unexpected(ParseError::malformed);
            into = Value{.kind = Kind::boolean, .integer = line == "t"};
            return true;
        case '_':
            if (!line.empty()) return unexpected(ParseError::malformed);
            into = Value{};
            return true;
        case '$':
        case '=':
            return open_bulk(Kind::text, line, into);
        case '!':
            return open_bulk(Kind::error, line, into);
        default:
            return open_list(type, line, into);
    }
}

std::expected<bool, ParseError> Parser::open_bulk(Kind kind, std::string_view length, Value& into) {
    const auto bytes = number_of<std::int64_t>(length);
    if (!bytes || *bytes < -1 || (*bytes == -1 && kind == Kind::error)) return unexpected(ParseError::malformed);
    if (*bytes == -1) {  // RESP2's way to say null
        into = Value{};
        return true;
    }
    if (std::cmp_greater(*bytes, limits_.bulk_bytes_max)) return unexpected(ParseError::bulk_too_long);
    bulk_ = Bulk{kind, static_cast<std::size_t>(*bytes)};
    if (const auto counted = count(bulk_->bytes); !counted) return unexpected(counted.error());
    return false;
}

std::expected<bool, ParseError> Parser::open_list(char type, std::string_view length, Value& into) {
    const auto kind = type == '*' || type == '~' ? Kind::list : type == '>' ? Kind::push : Kind::map;
    if (kind == Kind::map && type != '%' && type != '|') return unexpected(ParseError::malformed);
    const auto items = number_of<std::int64_t>(length);
    if (!items || *items < -1 || (*items == -1 && type != '*')) return unexpected(ParseError::malformed);
    if (*items == -1) {
        into = Value{};
        return true;
    }
    if (std::cmp_greater(*items, limits_.values_max)) return unexpected(ParseError::too_many_values);
    const std::size_t missing = static_cast<std::size_t>(*items) * (kind == Kind::map ? 2 : 1);
    if (missing == 0) {
        into = Value{.kind = kind};
        return type != '|';
    }
    if (missing > limits_.values_max - values_) return unexpected(ParseError::too_many_values);
    if (open_.size() >= limits_.depth_max) return unexpected(ParseError::too_deep);
    open_.push_back({.value = Value{.kind = kind}, .missing = missing, .is_attribute = type == '|'});
    return false;
}

// A value may be the last that its list waited for, and that list the last of another. An attribute is no value: what
// it describes comes behind it.
std::optional<Value> Parser::close_lists(Value value) {
    while (!open_.empty()) {
        Open& inner = open_.back();
        inner.value.items.push_back(std::move(value));
        if (--inner.missing > 0) return std::nullopt;
        const bool is_attribute = inner.is_attribute;
        value = std::exchange(inner.value, {});
        open_.pop_back();
        if (is_attribute) return std::nullopt;
    }
    return value;
}

std::expected<std::optional<Value>, ParseError> Parser::next() {
    while (!failed_) {
        Value value;
        const std::expected<bool, ParseError> read = read_token(value);
        if (!read) {
            failed_ = read.error();
        } else if (*read) {
            std::optional<Value> whole = close_lists(std::move(value));
            if (!whole) continue;
            values_ = bytes_ = 0;
            return whole;
        } else if (starved_) {
            buffer_.erase(0, std::exchange(at_, 0));
            return std::nullopt;
        }
    }
    return unexpected(*failed_);
}

void append_command(std::string& out, std::initializer_list<std::string_view> words) {
    auto end = std::back_inserter(out);
    fmt::format_to(end, "*{}\r\n", words.size());
    for (const std::string_view word : words) fmt::format_to(end, "${}\r\n{}\r\n", word.size(), word);
}

}  // namespace liveshop::redis
