#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace liveshop::sandbox {

/// The parameters of one request in Stripe's form encoding: `amount=1`, `card[number]=…`, `expand[]=…`, `expand[0]=…`,
/// `metadata[order]=…`. Whatever does not fit is thrown as a Refusal naming the parameter.
class Form {
  public:
    static Form parse(std::string_view text);

    /// An empty value counts as absent: that is how Stripe's clients unset a parameter.
    std::optional<std::string> text(std::string_view name) const;
    std::optional<std::int64_t> integer(std::string_view name) const;
    std::optional<bool> boolean(std::string_view name) const;
    std::vector<std::string> list(std::string_view name) const;
    /// The pairs of `name[key]=value` in order.
    std::vector<std::pair<std::string, std::string>> map(std::string_view name) const;

    std::string required_text(std::string_view name) const;
    std::int64_t required_integer(std::string_view name) const;

    /// Throws for the first parameter that is not in `known`: "amount", "card[number]", "expand[]", "metadata[*]".
    void admit_only(const std::vector<std::string_view>& known) const;
    /// The same for the same parameters in any order.
    std::string canonical() const;

  private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace liveshop::sandbox
