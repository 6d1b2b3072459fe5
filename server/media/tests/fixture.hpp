// Files beside the tests.
#pragma once
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace liveshop::media {

inline std::filesystem::path media_folder() { return std::filesystem::path(__FILE__).parent_path().parent_path(); }

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

// An offer as Chromium made it.
inline std::string offer_fixture(const std::string& name) {
    return read_file(media_folder() / "tests/fixtures" / name);
}

}  // namespace liveshop::media
