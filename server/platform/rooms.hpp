#pragma once
#include <string>

#include "platform/shape/id.hpp"

namespace liveshop {

/// The sockets of one person, on every device.
inline std::string room_of_user(UserId user_id) { return "user:" + user_id.to_string(); }

/// The sockets of one sign-in, on one device; they end with it.
inline std::string room_of_session(const Uuid& session) { return "session:" + session.to_string(); }

}  // namespace liveshop
