#include "up/output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace liveshop::up {

void Lines::add(std::string_view text) {
    while (!text.empty()) {
        const std::size_t newline = text.find('\n');
        rest_ += text.substr(0, newline);
        while (rest_.size() > line_bytes_max) {
            emit(std::string_view(rest_).substr(0, line_bytes_max));
            rest_.erase(0, line_bytes_max);
        }
        if (newline == text.npos) return;
        emit(rest_);
        rest_.clear();
        text.remove_prefix(newline + 1);
    }
}

void Lines::end() {
    if (!rest_.empty()) emit(rest_);
    rest_.clear();
}

void Lines::emit(std::string_view line) {
    if (last_.size() == kept_max) last_.pop_front();
    last_.emplace_back(line);
    on_line_(line);
}

Printer::Printer(bool bare, std::size_t name_width)
    : bare_(bare), colour_(isatty(STDERR_FILENO) != 0), name_width_(name_width) {}

void Printer::print(std::string_view name, std::size_t index, std::string_view line) const {
    constexpr std::array<int, 6> colours{36, 35, 33, 32, 34, 96};
    std::string text;
    if (!bare_ && colour_)
        text = fmt::format("\x1b[{}m{:<{}} |\x1b[0m ", colours[index % colours.size()], name, name_width_);
    else if (!bare_)
        text = fmt::format("{:<{}} | ", name, name_width_);
    text.append(line).append("\n");
    std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace liveshop::up
