#pragma once
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <expected>
#include <string>

namespace liveshop::live {

struct FilterLimits {
    std::chrono::milliseconds time{5'000};
    std::size_t output_bytes = 8 * 1024 * 1024;
};

/// Runs a program with `input` as its standard input and answers its standard output; a sentence where it cannot be
/// run, ends with another status than 0, takes too long (it is killed) or says too much. It gets no arguments, no
/// environment and no descriptor but these two and ours for errors.
boost::asio::awaitable<std::expected<std::string, std::string>> filter(std::string program, std::string input,
                                                                       FilterLimits limits);

}  // namespace liveshop::live
