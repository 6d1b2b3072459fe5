#pragma once
#include <span>

#include "sandbox/form.hpp"
#include "sandbox/payments.hpp"

namespace liveshop::sandbox {

/// Who calls: the shop's server, or the card frame in a customer's browser.
enum class Key { secret, publishable };

struct Asked {
    Key key = Key::secret;
    std::string id;  ///< from the path, or empty
    const Form& form;
};

/// A row: method, path with at most one ":id", parameters it takes, handler.
struct Endpoint {
    std::string_view method, path;
    bool takes_publishable_key = false;
    std::vector<std::string_view> parameters;
    json::object (*handle)(Payments&, const Asked&);
};

std::span<const Endpoint> endpoints();

/// The id in `path` if it fits the pattern ("" where the pattern has none), else nothing.
std::optional<std::string> match(std::string_view pattern, std::string_view path);

/// Throws where `expand[]` names what the sandbox cannot expand.
void check_expand(const Form& form);
/// Replaces the ids that `expand[]` names by their objects.
void expand(json::object& answer, const Form& form, Payments& payments);

}  // namespace liveshop::sandbox
