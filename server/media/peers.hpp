// All sessions, found by id, by ICE user name and by address.
#pragma once
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "media/peer.hpp"

namespace liveshop::media {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

class Peers {
  public:
    static constexpr std::size_t slots = 50;  // each peer's periodic work is done in one of as many ticks a second

    Peer& add(std::unique_ptr<Peer>);
    std::unique_ptr<Peer> take(Peer&);  // no longer found by anything

    Peer* by_id(std::string_view id) const;
    Peer* by_ufrag(std::string_view ufrag) const;
    Peer* by_address(const Endpoint&) const;
    // From now on datagrams from there are the peer's. Of more than a few addresses the oldest is forgotten.
    void bind(Peer&, const Endpoint&);

    std::size_t size() const { return by_id_.size(); }
    const std::vector<Peer*>& slot(std::size_t tick) const { return slots_[tick % slots]; }
    std::vector<Peer*> all() const;

  private:
    void unbind(Peer&, const Endpoint&);

    std::unordered_map<std::string, std::unique_ptr<Peer>, TextHash, std::equal_to<>> by_id_;
    std::unordered_map<std::string, Peer*, TextHash, std::equal_to<>> by_ufrag_;
    std::unordered_map<Endpoint, Peer*, EndpointHash> by_address_;
    std::array<std::vector<Peer*>, slots> slots_;
    std::size_t added_ = 0;
};

}  // namespace liveshop::media
