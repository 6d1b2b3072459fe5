#include "sandbox/store.hpp"

#include <fmt/format.h>

#include "platform/shape/decode.hpp"
#include "platform/shape/encode.hpp"

namespace liveshop::sandbox {
namespace {

// A line from before the sandbox knew a kind of object has none of it.
void complete(json::value& entry) {
    if (!entry.is_object()) return;
    each_field<Changes>([&](const char* name, auto) { entry.get_object().emplace(name, json::array()); });
}

}  // namespace

Store::Store(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    const std::filesystem::path journal = folder / "journal.jsonl";
    if (std::filesystem::exists(journal)) replay(journal);
    out_.open(journal, std::ios::app | std::ios::binary);
    if (!out_) throw std::runtime_error(fmt::format("the sandbox cannot write {}", journal.string()));
    std::filesystem::permissions(journal, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

void Store::replay(const std::filesystem::path& journal) {
    std::ifstream in(journal, std::ios::binary);
    std::string line;
    std::uintmax_t whole_bytes = 0;
    for (int number = 1; std::getline(in, line); ++number) {
        if (in.eof()) break;  // no line feed behind it: cut short
        boost::system::error_code error;
        json::value entry = json::parse(line, error);
        if (error) throw std::runtime_error(fmt::format("{} line {}: {}", journal.string(), number, error.message()));
        complete(entry);
        Changes changes;
        try {
            changes = decode<Changes>(entry);
        } catch (const Invalid& invalid) {
            throw std::runtime_error(fmt::format("{} line {}: {} {}: move the file away to start anew",
                                                 journal.string(), number, invalid.errors.front().pointer,
                                                 invalid.errors.front().reason));
        }
        each_field<Changes>([&](const char*, auto member) {
            for (const auto& object : changes.*member) put(object);
        });
        whole_bytes += line.size() + 1;
    }
    in.close();
    if (whole_bytes < std::filesystem::file_size(journal)) std::filesystem::resize_file(journal, whole_bytes);
}

void Store::commit() {
    if (!dirty_) return;
    std::string line = to_json(pending_);
    line += '\n';
    out_.write(line.data(), static_cast<std::streamsize>(line.size()));
    out_.flush();
    if (!out_) throw std::runtime_error("the sandbox cannot write its journal: is the disk full?");
    pending_ = {};
    dirty_ = false;
}

}  // namespace liveshop::sandbox
