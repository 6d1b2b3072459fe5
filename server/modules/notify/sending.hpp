#pragma once
#include "modules/notify/store.hpp"
#include "platform/context.hpp"

namespace liveshop::notify {

struct SendOf {  // job notify.send
    SendId send_id;
};
BOOST_DESCRIBE_STRUCT(SendOf, (), (send_id))

inline constexpr int send_attempts_max = 12;

/// Hands one message to its provider, holding nothing meanwhile, and writes down what came of it. What failed for now
/// is thrown, so that the job is tried again; at the last try the message counts as failed, and the job is dead.
awaitable<void> send_one(Ctx& ctx, SendOf in);

/// Where a shop's pages are, without a slash at the end: a tenant with a host name of its own is linked to there.
std::string base_url_of(const Shop& shop, const std::string& public_url);

}  // namespace liveshop::notify
