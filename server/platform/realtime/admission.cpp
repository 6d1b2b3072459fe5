#include "platform/realtime/admission.hpp"

#include <algorithm>

namespace liveshop::realtime {
namespace ip = boost::asio::ip;

std::string limited_address(const ip::address& address) {
    if (address.is_v4()) return address.to_string();
    const auto v6 = address.to_v6();
    if (v6.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, v6).to_string();
    auto bytes = v6.to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    return ip::address_v6(bytes).to_string() + "/64";
}

std::expected<Admission::Ticket, Admission::Refusal> Admission::admit(const std::string& address) {
    const std::lock_guard lock(mutex_);
    if (connections_ >= connections_max_) return std::unexpected(Refusal::server_full);
    auto& here = by_address_[address];
    if (here >= per_address_max_) return std::unexpected(Refusal::address_full);
    ++here;
    ++connections_;
    return Ticket(shared_from_this(), address);
}

std::size_t Admission::connections() const {
    const std::lock_guard lock(mutex_);
    return connections_;
}

void Admission::release(const std::string& address) {
    const std::lock_guard lock(mutex_);
    --connections_;
    const auto here = by_address_.find(address);
    if (--here->second == 0) by_address_.erase(here);
}

}  // namespace liveshop::realtime
