#include "modules/live/rules.hpp"

#include <clocale>
#include <cwctype>
#include <memory>

namespace liveshop::live {
namespace {

// Letters and their cases of all scripts, whatever the process' own locale is.
locale_t unicode() {
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
}

// Zero-width characters and the soft hyphen, which split a word without showing.
bool is_invisible(char32_t c) { return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF; }

// The text has been checked to be UTF-8 when it was decoded; what is not is taken byte by byte.
std::u32string folded(std::string_view text) {
    std::u32string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        char32_t c = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
            c = c << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        i += length;
        if (is_invisible(c)) continue;
        c = static_cast<char32_t>(towlower_l(static_cast<wint_t>(c), unicode()));
        const bool is_space = iswspace_l(static_cast<wint_t>(c), unicode()) != 0;
        if (is_space && (out.empty() || out.back() == U' ')) continue;
        out += is_space ? U' ' : c;
    }
    return out;
}

bool is_letter(char32_t c) { return iswalnum_l(static_cast<wint_t>(c), unicode()) != 0; }

bool has_whole(const std::u32string& text, const std::u32string& word) {
    if (word.empty()) return false;
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        const bool begins = at == 0 || !is_letter(text[at - 1]) || !is_letter(word.front());
        const bool ends = end == text.size() || !is_letter(text[end]) || !is_letter(word.back());
        if (begins && ends) return true;
    }
    return false;
}

}  // namespace

bool has_word(std::string_view text, const std::vector<std::string>& words) {
    if (words.empty()) return false;
    const std::u32string whole = folded(text);
    for (const std::string& word : words)
        if (has_whole(whole, folded(word))) return true;
    return false;
}

std::string first_name_of(std::string_view name) { return std::string(name.substr(0, name.find(' '))); }

}  // namespace liveshop::live
