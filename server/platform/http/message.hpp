#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace liveshop::http {

struct Header {
    std::string name;
    std::string value;
};

struct HeaderView {
    std::string_view name;
    std::string_view value;
};

/// A request as views into the connection's buffers, valid until it is answered.
struct Request {
    std::string_view method;
    std::string_view path;   ///< as sent, without the query
    std::string_view query;  ///< as sent, without the question mark
    std::string_view body;
    std::span<const HeaderView> headers;
    std::string_view remote_address;

    /// The first header of that name in any case, or empty.
    std::string_view header(std::string_view name) const;
    /// The value of a cookie, or empty.
    std::string_view cookie(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body = {};
    std::vector<Header> headers = {};
};

/// Percent-decoding (RFC 3986, 2.1); nothing where the text is malformed. `plus_is_space` for forms and queries.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

/// "a=1&b=x%20y" as decoded pairs in order; nothing where any part is malformed or there are over 100.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_form(std::string_view text);

bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace liveshop::http
