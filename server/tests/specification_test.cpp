// Nothing of the specification is missing: each endpoint and event is served, described, and called by some test with
// success and with refusal.
#include "tests/specification.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "app/program.hpp"
#include "platform/event.hpp"

namespace liveshop::specification {
namespace {

std::string without_names(std::string_view path) {
    std::string text;
    bool inside = false;
    for (const char c : path) {
        if (c == '}') inside = false;
        if (!inside) text += c;
        if (c == '{') inside = true;
    }
    return text;
}

const Route* route_of(const Endpoint& endpoint) {
    for (const Route& route : app::program().routes)
        if (route.method == endpoint.method && without_names(route.path) == endpoint.path) return &route;
    return nullptr;
}

const Route* route_of_event(std::string_view event) {
    for (const Route& route : app::program().routes)
        if (route.event == event) return &route;
    return nullptr;
}

TEST(Specification, HasAllItsRows) {
    constexpr std::size_t of_section_4 = 59, of_the_guide = 3, of_section_5 = 17;
    EXPECT_EQ(endpoints.size(), of_section_4 + of_the_guide);
    EXPECT_EQ(events.size(), of_section_5);
}

TEST(Specification, EveryEndpointIsServedAndDescribed) {
    const json::value document = json::parse(app::openapi());
    for (const Endpoint& endpoint : endpoints) {
        const Route* route = route_of(endpoint);
        if (!route) {
            ADD_FAILURE() << endpoint.method << " " << endpoint.path << " is missing";
            continue;
        }
        std::string method(route->method);
        for (char& c : method) c = static_cast<char>(std::tolower(c));
        const json::object& operation =
            document.at("paths").at("/api/v1" + std::string(route->path)).at(method).as_object();
        const json::object& success = operation.at("responses").at(std::to_string(route->status)).as_object();
        EXPECT_TRUE(route->status == 204 || success.contains("content")) << route->path << " answers without a schema";
        const bool has_body = !route->fields.empty() && (method == "post" || method == "put");
        EXPECT_TRUE(!has_body || operation.contains("requestBody") || operation.contains("parameters")) << route->path;
    }
}

TEST(Specification, EveryEventHasItsDoorOrItsSender) {
    std::set<std::string> told;
    for (const EventInfo& event : registered_events()) told.insert(event.name);
    for (const SocketEvent& event : events) {
        if (event.way != Way::out) EXPECT_TRUE(route_of_event(event.name)) << event.name << " reaches no handler";
        if (event.way != Way::in) EXPECT_TRUE(told.contains(std::string(event.name))) << event.name << " is never told";
    }
}

// The tests of the modules note each call that reaches the API; they run before this one.
TEST(Specification, EveryEndpointIsCalledWithSuccessAndWithRefusal) {
    const char* file = std::getenv("LIVESHOP_TEST_CALLS");
    if (!file) GTEST_SKIP() << "set LIVESHOP_TEST_CALLS to the file in which the other tests noted their calls";
    struct Seen {
        bool success = false, refusal = false;
    };
    std::map<std::pair<std::string, std::string>, Seen> seen;
    std::ifstream calls(file);
    std::string method, path;
    for (int status = 0; calls >> method >> path >> status;) {
        Seen& entry = seen[{method, without_names(path)}];
        (status < 400 ? entry.success : entry.refusal) = true;
    }
    for (const Endpoint& endpoint : endpoints) {
        const Seen& entry = seen[{std::string(endpoint.method), std::string(endpoint.path)}];
        EXPECT_TRUE(entry.success) << endpoint.method << " " << endpoint.path << " is never called with success";
        EXPECT_TRUE(entry.refusal) << endpoint.method << " " << endpoint.path << " is never refused";
    }
}

}  // namespace
}  // namespace liveshop::specification
