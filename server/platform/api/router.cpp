#include "platform/api/router.hpp"

namespace liveshop {
namespace {

bool is_parameter(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }

std::string_view parameter_name(std::string_view segment) { return segment.substr(1, segment.size() - 2); }

}  // namespace

std::vector<std::string_view> path_segments(std::string_view path) {
    std::vector<std::string_view> segments;
    if (path.starts_with('/')) path.remove_prefix(1);
    for (;;) {
        const std::size_t slash = path.find('/');
        segments.push_back(path.substr(0, slash));
        if (slash == path.npos) return segments;
        path.remove_prefix(slash + 1);
    }
}

Router::Router(const std::vector<Route>& routes) {
    for (const Route& route : routes) {
        Node* node = &root_;
        for (const std::string_view segment : path_segments(route.path)) {
            std::unique_ptr<Node>& next =
                is_parameter(segment) ? node->parameter : node->literals[std::string(segment)];
            if (!next) next = std::make_unique<Node>();
            node = next.get();
        }
        if (!node->methods.emplace(route.method, &route).second)
            throw std::logic_error("two routes at " + std::string(route.method) + " " + std::string(route.path));
    }
}

const Router::Node* Router::walk(const Node& node, const std::vector<std::string>& segments, std::size_t at) {
    if (at == segments.size()) return node.methods.empty() ? nullptr : &node;
    if (const auto literal = node.literals.find(segments[at]); literal != node.literals.end())
        if (const Node* found = walk(*literal->second, segments, at + 1)) return found;
    return node.parameter && !segments[at].empty() ? walk(*node.parameter, segments, at + 1) : nullptr;
}

Found Router::find(std::string_view method, std::string_view path) const {
    constexpr std::size_t segments_max = 12;
    std::vector<std::string> segments;
    for (const std::string_view segment : path_segments(path)) {
        std::optional<std::string> decoded = http::percent_decode(segment, false);
        if (!decoded || segments.size() == segments_max) return {};
        segments.push_back(std::move(*decoded));
    }
    const Node* node = walk(root_, segments, 0);
    if (!node) return {};
    Found found;
    for (const auto& [name, route] : node->methods)
        found.allowed += (found.allowed.empty() ? "" : ", ") + std::string(name) + (name == "GET" ? ", HEAD" : "");
    const auto entry = node->methods.find(method);
    if (entry == node->methods.end()) return found;
    found.route = entry->second;
    const std::vector<std::string_view> pattern = path_segments(found.route->path);
    for (std::size_t i = 0; i < pattern.size(); ++i)
        if (is_parameter(pattern[i])) found.parameters.emplace_back(parameter_name(pattern[i]), std::move(segments[i]));
    return found;
}

}  // namespace liveshop
