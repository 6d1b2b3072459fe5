// The wiring: the committed OpenAPI document, and what each route's errors and doors must be.
#include "app/program.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace liveshop {
namespace {

std::string read(const std::string& path) {
    const std::ifstream in(std::string(LIVESHOP_SOURCE_DIR) + "/" + path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

TEST(Program, CommittedOpenApiDocumentIsCurrent) {
    EXPECT_EQ(app::openapi(), read("web/src/generated/openapi.json"))
        << "write it anew: liveshop openapi > web/src/generated/openapi.json, then npm run generate in web/";
}

TEST(Program, CommittedAsyncApiDocumentIsCurrent) {
    EXPECT_EQ(app::asyncapi(), read("web/src/generated/asyncapi.json"))
        << "write it anew: liveshop asyncapi > web/src/generated/asyncapi.json, then npm run generate in web/";
}

TEST(Program, OperationsHaveNamesOfTheirOwn) {
    std::set<std::string> names;
    for (const Route& route : app::program().routes) EXPECT_TRUE(names.insert(route.name).second) << route.name;
}

TEST(Program, EveryRouteSaysWhatItDoes) {
    for (const Route& route : app::program().routes) EXPECT_FALSE(route.summary.empty()) << route.path;
}

TEST(Program, PathParametersAreMembersOfTheRequest) {
    for (const Route& route : app::program().routes)
        for (std::size_t at = 0; (at = route.path.find('{', at)) != route.path.npos; ++at) {
            const std::string_view name = route.path.substr(at + 1, route.path.find('}', at) - at - 1);
            const bool known =
                std::ranges::any_of(route.fields, [&](const FieldShape& field) { return field.name == name; });
            EXPECT_TRUE(known) << route.path;
        }
}

TEST(Program, JobsHaveKindsOfTheirOwn) {
    std::set<std::string_view> kinds;
    for (const jobs::JobRow& row : app::program().jobs) EXPECT_TRUE(kinds.insert(row.kind).second) << row.kind;
}

}  // namespace
}  // namespace liveshop
