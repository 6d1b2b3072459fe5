#pragma once
#include "modules/notify/store.hpp"
#include "platform/context.hpp"
#include "platform/event.hpp"

namespace liveshop::notify {

inline const Event<NotificationTold> notification_new{"notification:new", "Something has happened that concerns me"};

/// Something that happened, for whoever is to be told of it.
struct News {
    Kind kind = Kind::order_paid;
    std::string key;  ///< of what happened: of several tellings of one key, the first counts
    std::string tag;  ///< of what it is about: of several, devices show the last
    std::string url;  ///< path in the web app
    Words words;
};

/// Writes it into each person's list, tells their open pages, and enqueues what goes out by other channels: three
/// statements, however many people (500 at most), all in the caller's transaction.
awaitable<void> tell(Ctx& ctx, std::vector<UserId> user_ids, News news);

}  // namespace liveshop::notify
