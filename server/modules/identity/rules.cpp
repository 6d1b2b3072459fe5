#include "modules/identity/rules.hpp"

#include <algorithm>
#include <chrono>

namespace liveshop::identity {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The next subtag, taken off the front of `rest`.
std::string_view take_subtag(std::string_view& rest) {
    const std::string_view subtag = rest.substr(0, rest.find('-'));
    rest.remove_prefix(std::min(subtag.size() + 1, rest.size()));
    return subtag;
}

int number_of(std::string_view digits) {
    int number = 0;
    for (const char c : digits) number = number * 10 + (c - '0');
    return number;
}

}  // namespace

std::optional<std::string> phone_number(std::string_view typed) {
    std::string number;
    for (const char c : typed) {
        if (std::string_view(" -()./").find(c) != std::string_view::npos) continue;
        if (!is_digit(c) && !(c == '+' && number.empty())) return std::nullopt;
        number += c;
    }
    if (number.starts_with("00")) number.replace(0, 2, "+");
    constexpr std::size_t digits_min = 7, digits_max = 15;
    if (!number.starts_with('+') || number.size() < digits_min + 1 || number.size() > digits_max + 1) return {};
    if (number[1] == '0') return std::nullopt;
    return number;
}

bool is_locale(std::string_view text) {
    if (text.ends_with('-')) return false;
    const std::string_view language = take_subtag(text);
    if (language.size() < 2 || language.size() > 3 || !std::ranges::all_of(language, is_letter)) return false;
    if (text.empty()) return true;
    std::string_view subtag = take_subtag(text);
    if (subtag.size() == 4 && std::ranges::all_of(subtag, is_letter)) {
        if (text.empty()) return true;
        subtag = take_subtag(text);
    }
    const bool is_region = (subtag.size() == 2 && std::ranges::all_of(subtag, is_letter)) ||
                           (subtag.size() == 3 && std::ranges::all_of(subtag, is_digit));
    return is_region && text.empty();
}

bool is_birthday(std::string_view text, int years, Timestamp now) {
    using namespace std::chrono;
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    for (const std::string_view part : {text.substr(0, 4), text.substr(5, 2), text.substr(8, 2)})
        if (!std::ranges::all_of(part, is_digit)) return false;
    const year_month_day day{year(number_of(text.substr(0, 4))),
                             month(static_cast<unsigned>(number_of(text.substr(5, 2)))),
                             std::chrono::day(static_cast<unsigned>(number_of(text.substr(8, 2))))};
    if (!day.ok() || day.year() < year(1900)) return false;
    const sys_days today = floor<days>(sys_time<microseconds>(microseconds(now.us)));
    year_month_day of_age = day + std::chrono::years(years);
    if (!of_age.ok()) of_age = of_age.year() / of_age.month() / last;
    return sys_days(of_age) <= today;
}

}  // namespace liveshop::identity
