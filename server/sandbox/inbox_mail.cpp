#include "sandbox/inbox_mail.hpp"

#include <openssl/evp.h>

#include <algorithm>

#include "platform/http/message.hpp"

namespace liveshop::sandbox {
namespace {

constexpr int depth_max = 5;  // of multiparts within multiparts

using Headers = std::vector<InboxHeader>;

std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t\r\n");
    if (from == text.npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

std::string_view value_of(const Headers& headers, std::string_view name) {
    for (const InboxHeader& header : headers)
        if (http::equals_ignoring_case(header.name, name)) return header.value;
    return {};
}

// "name: value" and its folded lines (RFC 5322, 2.2.3); leaves the body in `rest`.
Headers take_headers(std::string_view& rest) {
    Headers headers;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find("\r\n"), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 2, rest.size()));
        if (line.empty()) break;
        if ((line[0] == ' ' || line[0] == '\t') && !headers.empty()) {
            headers.back().value += ' ';
            headers.back().value += trimmed(line);
            continue;
        }
        const std::size_t colon = line.find(':');
        if (colon == line.npos) continue;
        headers.push_back({std::string(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1)))});
    }
    return headers;
}

// A parameter of "multipart/mixed; boundary=\"x\"".
std::string parameter_of(std::string_view value, std::string_view name) {
    while (true) {
        const std::size_t semicolon = value.find(';');
        if (semicolon == value.npos) return {};
        value.remove_prefix(semicolon + 1);
        const std::string_view part = trimmed(value.substr(0, value.find(';')));
        const std::size_t equals = part.find('=');
        if (equals == part.npos || !http::equals_ignoring_case(trimmed(part.substr(0, equals)), name)) continue;
        std::string_view found = trimmed(part.substr(equals + 1));
        if (found.size() >= 2 && found.front() == '"' && found.back() == '"') found = found.substr(1, found.size() - 2);
        return std::string(found);
    }
}

std::string decode_base64(std::string_view text) {
    std::string letters;
    for (const char c : text)
        if (std::isalnum(static_cast<unsigned char>(c)) || c == '+' || c == '/') letters += c;
    const std::size_t bytes = letters.size() * 3 / 4;
    while (letters.size() % 4 != 0) letters += 'A';
    std::string out(letters.size() / 4 * 3, '\0');
    EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                    reinterpret_cast<const unsigned char*>(letters.data()), static_cast<int>(letters.size()));
    out.resize(std::min(bytes, out.size()));
    return out;
}

int hex_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// RFC 2045, 6.7; `in_header` is the Q of RFC 2047, where "_" is a blank.
std::string decode_quoted(std::string_view text, bool in_header) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (in_header && text[at] == '_') {
            out += ' ';
        } else if (text[at] == '=' && text.substr(at + 1, 2) == "\r\n") {
            at += 2;
        } else if (text[at] == '=' && at + 2 < text.size() && hex_of(text[at + 1]) >= 0 && hex_of(text[at + 2]) >= 0) {
            out += static_cast<char>(hex_of(text[at + 1]) * 16 + hex_of(text[at + 2]));
            at += 2;
        } else {
            out += text[at];
        }
    }
    return out;
}

// "=?UTF-8?B?…?=" (RFC 2047); blanks between two such words belong to neither.
std::string decode_words(std::string_view text) {
    std::string out;
    bool after_word = false;
    while (!text.empty()) {
        const std::size_t open = text.find("=?");
        const std::size_t charset_end = open == text.npos ? text.npos : text.find('?', open + 2);
        const std::size_t close = charset_end == text.npos ? text.npos : text.find("?=", charset_end + 3);
        if (close == text.npos || charset_end + 2 >= text.size() || text[charset_end + 2] != '?') break;
        const std::string_view between = text.substr(0, open);
        if (!after_word || !trimmed(between).empty()) out += between;
        const std::string_view word = text.substr(charset_end + 3, close - charset_end - 3);
        const bool is_base64 = text[charset_end + 1] == 'B' || text[charset_end + 1] == 'b';
        out += is_base64 ? decode_base64(word) : decode_quoted(word, true);
        text.remove_prefix(close + 2);
        after_word = true;
    }
    return out + std::string(text);
}

std::string without_cr(std::string text) {
    std::erase(text, '\r');
    return text;
}

void take_body(InboxMessage& message, const Headers& headers, std::string_view body, int depth);

// Parts between "--boundary" lines, up to "--boundary--".
void take_parts(InboxMessage& message, std::string_view body, const std::string& boundary, int depth) {
    const std::string line = "--" + boundary;
    std::size_t at = body.find(line);
    while (at != body.npos) {
        std::string_view part = body.substr(at + line.size());
        if (part.starts_with("--")) return;
        part.remove_prefix(std::min(part.find("\r\n"), part.size()));
        if (part.starts_with("\r\n")) part.remove_prefix(2);
        const std::size_t end = part.find("\r\n" + line);
        const std::size_t begin = static_cast<std::size_t>(part.data() - body.data());
        part = part.substr(0, end);
        const Headers headers = take_headers(part);
        take_body(message, headers, part, depth + 1);
        at = end == part.npos ? body.npos : begin + end + 2;
    }
}

void take_body(InboxMessage& message, const Headers& headers, std::string_view body, int depth) {
    const std::string_view type = value_of(headers, "content-type");
    const std::string_view media_type = trimmed(type.substr(0, type.find(';')));
    if (media_type.size() > 10 && http::equals_ignoring_case(media_type.substr(0, 10), "multipart/")) {
        const std::string boundary = parameter_of(type, "boundary");
        if (!boundary.empty() && depth < depth_max) take_parts(message, body, boundary, depth);
        return;
    }
    const bool is_html = http::equals_ignoring_case(media_type, "text/html");
    if (!is_html && !media_type.empty() && !http::equals_ignoring_case(media_type, "text/plain")) return;
    std::string& into = is_html ? message.html : message.text;
    if (!into.empty()) return;
    const std::string_view encoding = value_of(headers, "content-transfer-encoding");
    if (http::equals_ignoring_case(encoding, "quoted-printable"))
        into = without_cr(decode_quoted(body, false));
    else if (http::equals_ignoring_case(encoding, "base64"))
        into = without_cr(decode_base64(body));
    else
        into = without_cr(std::string(body));
}

}  // namespace

InboxMessage read_mail(std::string_view mail) {
    InboxMessage message;
    std::string_view body = mail;
    message.headers = take_headers(body);
    take_body(message, message.headers, body, 0);
    for (InboxHeader& header : message.headers) header.value = decode_words(header.value);
    message.subject = value_of(message.headers, "subject");
    return message;
}

}  // namespace liveshop::sandbox
