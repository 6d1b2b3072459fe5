#include "platform/durable_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <system_error>

#include "platform/shape/id.hpp"

namespace liveshop {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path) {
    throw std::system_error(errno, std::generic_category(), "cannot write " + path.string());
}

struct Descriptor {
    int number;
    ~Descriptor() { ::close(number); }
};

void write_all(int file, std::string_view bytes, const fs::path& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

}  // namespace

void write_durably(const fs::path& path, std::string_view bytes, mode_t mode) {
    if (fs::exists(path)) return;
    fs::create_directories(path.parent_path());
    const fs::path unfinished = path.parent_path() / fmt::format(".{}", Uuid::make().to_string());
    {
        const Descriptor file{::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)};
        if (file.number < 0) fail(unfinished);
        write_all(file.number, bytes, unfinished);
        if (::fsync(file.number) != 0) fail(unfinished);
    }
    fs::rename(unfinished, path);
    const Descriptor folder{::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (folder.number < 0 || ::fsync(folder.number) != 0) fail(path.parent_path());
}

}  // namespace liveshop
