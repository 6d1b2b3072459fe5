#include "modules/notify/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace liveshop::notify {
namespace {

constexpr std::size_t word_length_max = 200;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Calls `plain(text)` and `place(name)` for the parts of a wording.
template <class Plain, class Place>
void split(std::string_view text, Plain plain, Place place) {
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        plain(text.substr(0, open));
        if (open == text.npos) return;
        const std::size_t close = text.find('}', open);
        if (close == text.npos) throw std::logic_error("a wording has an open place");
        place(text.substr(open + 1, close - open - 1));
        text.remove_prefix(close + 1);
    }
}

}  // namespace

std::string fill(std::string_view text, const Words& words) {
    std::string out;
    split(
        text, [&](std::string_view plain) { out += plain; },
        [&](std::string_view name) {
            const auto word = std::ranges::find(words.words, name, &Word::name);
            if (word == words.words.end()) throw std::logic_error("there is no word " + std::string(name));
            out += shorten(word->value, word_length_max);
        });
    return out;
}

std::vector<std::string> places_in(std::string_view text) {
    std::vector<std::string> names;
    split(text, [](std::string_view) {}, [&](std::string_view name) { names.emplace_back(name); });
    return names;
}

std::string shorten(std::string_view text, std::size_t length) {
    std::size_t count = 0, kept = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_continuation(text[at])) continue;
        if (count + 1 == length) kept = at;
        if (++count > length) return std::string(text.substr(0, kept)) + "…";
    }
    return std::string(text);
}

std::string escape_html(std::string_view text) {
    std::string out;
    for (const char c : text) switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    return out;
}

std::string money_text(Amount amount, std::string_view currency) {
    constexpr std::array<std::string_view, 16> whole{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW",
                                                     "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"};
    if (std::ranges::find(whole, currency) != whole.end()) return fmt::format("{} {}", amount.minor, currency);
    const bool negative = amount.minor < 0;
    const std::uint64_t minor =
        negative ? 0 - static_cast<std::uint64_t>(amount.minor) : static_cast<std::uint64_t>(amount.minor);
    return fmt::format("{}{}.{:02} {}", negative ? "-" : "", minor / 100, minor % 100, currency);
}

}  // namespace liveshop::notify
