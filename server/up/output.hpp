#pragma once
// The children's output: cut into lines, marked with the child's name, the last ones kept for when it fails.
#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <string_view>

namespace liveshop::up {

/// Cuts a stream into lines. Longer lines than `line_bytes_max` come in pieces.
class Lines {
  public:
    static constexpr std::size_t line_bytes_max = 16 * 1024;
    static constexpr std::size_t kept_max = 15;

    explicit Lines(std::function<void(std::string_view)> on_line) : on_line_(std::move(on_line)) {}

    void add(std::string_view text);
    /// The stream has ended, perhaps within a line.
    void end();

    const std::deque<std::string>& last() const { return last_; }
    void forget() { last_.clear(); }

  private:
    void emit(std::string_view line);

    std::function<void(std::string_view)> on_line_;
    std::string rest_;
    std::deque<std::string> last_;
};

/// Writes lines to stderr as `serve   | line`, in colour on a terminal; just as they are where `bare` (JSON logs).
class Printer {
  public:
    Printer(bool bare, std::size_t name_width);
    void print(std::string_view name, std::size_t index, std::string_view line) const;

  private:
    bool bare_, colour_;
    std::size_t name_width_;
};

}  // namespace liveshop::up
