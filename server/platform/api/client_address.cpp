#include "platform/api/client_address.hpp"

#include <algorithm>

namespace liveshop {
namespace {

std::string_view last_entry(std::string_view list) {
    constexpr std::string_view blank = " \t";
    list = list.substr(list.rfind(',') + 1);
    const std::size_t begin = std::min(list.find_first_not_of(blank), list.size());
    return list.substr(begin, list.find_last_not_of(blank) + 1 - begin);
}

// "[2001:db8::1]:443" and "192.0.2.1:443" as some proxies write them.
std::string_view without_port(std::string_view address) {
    if (address.starts_with('[')) return address.substr(1, address.find(']') - 1);
    const bool is_v4 = std::ranges::count(address, ':') == 1;
    return is_v4 ? address.substr(0, address.find(':')) : address;
}

}  // namespace

std::string_view forwarded_address(std::span<const http::HeaderView> headers) {
    std::string_view value;
    for (const http::HeaderView& header : headers)
        if (http::equals_ignoring_case(header.name, "x-forwarded-for")) value = header.value;
    return without_port(last_entry(value));
}

}  // namespace liveshop
