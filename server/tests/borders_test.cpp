// Modules include of each other only types.hpp and api.hpp, and only those that CMake's `module(name USES …)` names;
// the platform knows no module, and media knows neither modules nor the platform.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace {
namespace fs = std::filesystem;

const fs::path server = fs::path(LIVESHOP_SOURCE_DIR) / "server";
using Borders = std::map<std::string, std::set<std::string>>;

Borders declared_borders() {
    Borders borders;
    std::ifstream in(server / "CMakeLists.txt");
    const std::regex row(R"(^module\((\w+)(?: USES ([\w ]+))?\))");
    for (std::string line; std::getline(in, line);) {
        std::smatch found;
        if (!std::regex_search(line, found, row)) continue;
        std::istringstream names(found[2].str());
        std::set<std::string>& uses = borders[found[1].str()];
        for (std::string name; names >> name;) uses.insert(name);
    }
    return borders;
}

struct Include {
    std::string file, target;
};

// Our own headers that a folder's sources include; tests may look further.
std::vector<Include> includes_below(const fs::path& folder) {
    std::vector<Include> includes;
    const std::regex row(R"(^#include "([^"]+)\")");
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string file = fs::relative(entry.path(), server).string();
        const bool source = file.ends_with(".hpp") || file.ends_with(".cpp");
        if (!source || file.find("/tests/") != file.npos || file.find("/fuzz/") != file.npos) continue;
        std::ifstream in(entry.path());
        for (std::string line; std::getline(in, line);) {
            std::smatch found;
            if (std::regex_search(line, found, row)) includes.push_back({file, found[1].str()});
        }
    }
    return includes;
}

TEST(Borders, ModulesCrossThemByTypesAndApiOnly) {
    const Borders borders = declared_borders();
    ASSERT_GE(borders.size(), 5U);
    const std::regex module(R"(^modules/(\w+)/(.+)$)");
    const std::set<std::string> public_media{"media/grant.hpp", "media/control_client.hpp", "media/matroska.hpp"};
    for (const auto& [name, uses] : borders)
        for (const auto& [file, target] : includes_below(server / "modules" / name)) {
            std::smatch found;
            if (target.starts_with("media/"))
                EXPECT_TRUE(public_media.contains(target)) << file << " includes " << target;
            EXPECT_FALSE(target.starts_with("app/") || target.starts_with("sandbox/"))
                << file << " includes " << target;
            if (!std::regex_match(target, found, module) || found[1] == name) continue;
            EXPECT_TRUE(uses.contains(found[1])) << file << " includes " << target << ", which is not declared";
            EXPECT_TRUE(found[2] == "types.hpp" || found[2] == "api.hpp") << file << " includes " << target;
        }
}

TEST(Borders, DeclaredUsesHaveNoCycle) {
    const Borders borders = declared_borders();
    std::set<std::string> settled;
    for (std::size_t before = settled.size() + 1; before != settled.size();) {
        before = settled.size();
        for (const auto& [name, uses] : borders)
            if (std::ranges::includes(settled, uses)) settled.insert(name);
    }
    EXPECT_EQ(settled.size(), borders.size());
}

TEST(Borders, ThePlatformKnowsNoModule) {
    for (const auto& [file, target] : includes_below(server / "platform"))
        EXPECT_TRUE(target.starts_with("platform/")) << file << " includes " << target;
}

TEST(Borders, MediaKnowsNothingOfTheShop) {
    for (const auto& [file, target] : includes_below(server / "media"))
        EXPECT_TRUE(target.starts_with("media/") || target == "platform/config.hpp") << file << " includes " << target;
}

}  // namespace
