// What an offer is answered: which sections are accepted and with which codec.
#pragma once
#include <expected>
#include <vector>

#include "media/errors.hpp"
#include "media/peer.hpp"
#include "media/room.hpp"
#include "media/sdp.hpp"

namespace liveshop::media {

struct PublishPlan {
    std::vector<sdp::AnswerSection> sections;
    std::unique_ptr<Publication> publication;
};
struct Bitrates {
    std::optional<int> max_kbps;
    int start_kbps = 0;  // of the video; 0 leaves it to the browser
};
// The first section of each kind that sends a codec we forward.
std::expected<PublishPlan, Refusal> plan_publication(const sdp::Offer&, const Bitrates&);

struct ViewPlan {
    std::vector<sdp::AnswerSection> sections;
    PerKind<std::optional<Subscription>> subscriptions;
};
// The first section of each kind that can receive the room's track of that kind.
std::expected<ViewPlan, Refusal> plan_view(const sdp::Offer&, const Room&);

}  // namespace liveshop::media
