// docs/specification.md and docs/traps.md name tests, endpoints and events: what they name is there. Which endpoint an
// event is a door of.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include "app/program.hpp"
#include "tests/specification.hpp"

namespace liveshop::specification {
namespace {
namespace fs = std::filesystem;

const fs::path root = LIVESHOP_SOURCE_DIR;

std::string text_of(const fs::path& file) {
    std::ifstream in(file);
    EXPECT_TRUE(in) << file;
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The first group of each match.
std::set<std::string> all_in(const std::string& text, const std::regex& pattern) {
    std::set<std::string> found;
    for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match)
        found.insert((*match)[1].str());
    return found;
}

std::set<std::string> names_of_tests() {
    const std::regex test(R"(\bTEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\))");
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(root / "server")) {
        if (!entry.path().string().ends_with("_test.cpp")) continue;
        const std::string text = text_of(entry.path());
        for (std::sregex_iterator match(text.begin(), text.end(), test), end; match != end; ++match)
            names.insert((*match)[1].str() + "." + (*match)[2].str());
    }
    return names;
}

TEST(SpecificationWords, NameTestsThatExist) {
    const std::set<std::string> tests = names_of_tests();
    ASSERT_GT(tests.size(), 500U);
    for (const char* document : {"specification.md", "traps.md"}) {
        const auto named = all_in(text_of(root / "docs" / document), std::regex("`([A-Z]\\w+\\.[A-Z]\\w+)`"));
        EXPECT_GT(named.size(), 50U) << document;
        for (const std::string& name : named) EXPECT_TRUE(tests.contains(name)) << document << " names " << name;
    }
}

TEST(SpecificationWords, NameBrowserWalksByTheirTitles) {
    const std::string text = text_of(root / "docs/specification.md");
    const std::regex row(R"(\n\| [^|]+ \| `([\w/]+\.spec\.ts)`\s*\| ([^|]+?)\s*\|)");
    std::size_t walks = 0;
    for (std::sregex_iterator match(text.begin(), text.end(), row), end; match != end; ++match, ++walks) {
        const std::string file = (*match)[1].str(), title = (*match)[2].str();
        EXPECT_NE(text_of(root / "e2e" / file).find(title), std::string::npos) << file << ": " << title;
    }
    EXPECT_GT(walks, 20U);
}

TEST(SpecificationWords, NameEveryEndpointAndEvent) {
    const std::string text = text_of(root / "docs/specification.md");
    std::set<std::string> named;
    for (const std::string& endpoint : all_in(text, std::regex("`((?:GET|POST|PUT|DELETE) /[^`]*)`")))
        named.insert(std::regex_replace(endpoint, std::regex(":\\w+"), "{}"));
    for (const Endpoint& endpoint : endpoints) {
        const std::string line = std::string(endpoint.method) + " " + std::string(endpoint.path);
        EXPECT_TRUE(named.contains(line)) << line;
    }
    for (const SocketEvent& event : events)
        EXPECT_NE(text.find("`" + std::string(event.name) + "`"), std::string::npos) << event.name;
}

TEST(Specification, EveryEventIsADoorOfItsEndpoint) {
    struct Door {
        std::string_view event, method, path;
    };
    constexpr auto doors = std::to_array<Door>({
        {"stream:start", "POST", "/streams/{stream_id}/start"},
        {"stream:product:pin", "POST", "/streams/{stream_id}/pin"},
        {"stream:product:unpin", "DELETE", "/streams/{stream_id}/pin/{product_id}"},
        {"stream:join", "POST", "/streams/{stream_id}/join"},
        {"stream:leave", "POST", "/streams/{stream_id}/leave"},
        {"stream:message", "POST", "/streams/{stream_id}/chat"},
        {"stream:reaction", "POST", "/streams/{stream_id}/reactions"},
        {"stream:product:request", "POST", "/streams/{stream_id}/product-requests"},
        {"driver:location", "PUT", "/deliveries/location"},
        {"driver:available", "PUT", "/deliveries/availability"},
        {"delivery:accept", "POST", "/deliveries/{delivery_id}/accept"},
        {"delivery:pickup", "POST", "/deliveries/{delivery_id}/pickup"},
        {"delivery:complete", "POST", "/deliveries/{delivery_id}/complete"},
    });
    EXPECT_EQ(std::ranges::count_if(events, [](const SocketEvent& event) { return event.way != Way::out; }),
              static_cast<std::ptrdiff_t>(doors.size()));
    for (const Door& door : doors)
        EXPECT_EQ(std::ranges::count_if(app::program().routes,
                                        [&](const Route& route) {
                                            return route.event == door.event && route.method == door.method &&
                                                   route.path == door.path;
                                        }),
                  1)
            << door.event;
}

}  // namespace
}  // namespace liveshop::specification
