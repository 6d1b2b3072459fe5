#include "media/peers.hpp"

#include <algorithm>

namespace liveshop::media {

Peer& Peers::add(std::unique_ptr<Peer> owned) {
    auto& peer = *owned;
    peer.number = added_++;
    slots_[peer.number % slots].push_back(&peer);
    by_ufrag_.emplace(peer.ufrag, &peer);
    by_id_.emplace(peer.id, std::move(owned));
    return peer;
}

std::unique_ptr<Peer> Peers::take(Peer& peer) {
    std::erase(slots_[peer.number % slots], &peer);
    by_ufrag_.erase(peer.ufrag);
    for (auto& address : peer.addresses) unbind(peer, address);
    return std::move(by_id_.extract(peer.id).mapped());
}

Peer* Peers::by_id(std::string_view id) const {
    auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : found->second.get();
}

Peer* Peers::by_ufrag(std::string_view ufrag) const {
    auto found = by_ufrag_.find(ufrag);
    return found == by_ufrag_.end() ? nullptr : found->second;
}

Peer* Peers::by_address(const Endpoint& address) const {
    auto found = by_address_.find(address);
    return found == by_address_.end() ? nullptr : found->second;
}

void Peers::bind(Peer& peer, const Endpoint& address) {
    constexpr std::size_t addresses_max = 16;
    auto [entry, added] = by_address_.try_emplace(address, &peer);
    if (!added && entry->second == &peer) return;
    entry->second = &peer;  // an address can move to another session, as when a page is reloaded
    peer.addresses.push_back(address);
    if (peer.addresses.size() <= addresses_max) return;
    auto oldest = std::ranges::find_if(peer.addresses, [&](auto& a) { return a != peer.selected; });
    unbind(peer, *oldest);
    peer.addresses.erase(oldest);
}

void Peers::unbind(Peer& peer, const Endpoint& address) {
    auto found = by_address_.find(address);
    if (found != by_address_.end() && found->second == &peer) by_address_.erase(found);
}

std::vector<Peer*> Peers::all() const {
    std::vector<Peer*> result;
    result.reserve(by_id_.size());
    for (auto& [id, peer] : by_id_) result.push_back(peer.get());
    return result;
}

}  // namespace liveshop::media
