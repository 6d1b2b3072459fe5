#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/api/route.hpp"

namespace liveshop {

/// What a path led to.
struct Found {
    const Route* route = nullptr;  ///< none: `allowed` says whether the path exists
    std::vector<std::pair<std::string_view, std::string>> parameters;
    std::string allowed;  ///< methods of this path, for Allow
};

/// Finds routes by whole segments; a literal segment goes before a parameter (/stores/mine before /stores/{store_id}).
class Router {
  public:
    /// Keeps pointers into `routes`. Throws std::logic_error where two rows have the same door.
    explicit Router(const std::vector<Route>& routes);

    /// `path` below /api/v1, percent-encoded as sent.
    Found find(std::string_view method, std::string_view path) const;

  private:
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
        std::unique_ptr<Node> parameter;
        std::map<std::string_view, const Route*> methods;
    };
    static const Node* walk(const Node& node, const std::vector<std::string>& segments, std::size_t at);

    Node root_;
};

/// "/a/b/" and "/a//b" have empty segments and match no route.
std::vector<std::string_view> path_segments(std::string_view path);

}  // namespace liveshop
