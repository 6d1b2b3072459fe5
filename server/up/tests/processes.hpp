#pragma once
// For tests that start shell scripts: a folder for them, and whether a process is still there.
#include <signal.h>
#include <stdlib.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "up/child.hpp"

namespace liveshop::up {

inline Command shell(std::string script) { return {.arguments = {"/bin/sh", "-c", std::move(script)}}; }

/// A zombie that nobody has buried yet does not count.
inline bool alive(pid_t pid) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
    const std::string stat((std::istreambuf_iterator<char>(in)), {});
    const std::size_t name_end = stat.rfind(") ");
    return name_end != stat.npos && stat[name_end + 2] != 'Z' && stat[name_end + 2] != 'X';
}

/// Waits for it at most 10 s.
template <class Condition>
bool comes_true(Condition condition) {
    for (int turn = 0; turn < 1000; ++turn) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

inline bool ends(pid_t pid) {
    return comes_true([&] { return !alive(pid); });
}

class Folder {
  public:
    Folder() {
        char name[] = "/tmp/liveshop-up-XXXXXX";
        if (!mkdtemp(name)) throw std::runtime_error("no folder for a test");
        path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;

    const std::string& path() const { return path_; }
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }
    /// The text of a file, empty if there is none.
    std::string text(const std::string& name) const {
        std::ifstream in(*this / name);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    pid_t pid(const std::string& name) const {
        comes_true([&] { return text(name).ends_with('\n'); });
        return std::stoi(text(name));
    }

  private:
    std::string path_;
};

}  // namespace liveshop::up
