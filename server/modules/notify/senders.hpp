#pragma once
#include "modules/notify/mailer.hpp"
#include "modules/notify/providers.hpp"
#include "modules/notify/settings.hpp"

namespace liveshop::notify {

/// The channels that the settings switch on; one of them in a process that sends, which is the worker.
struct Senders {
    /// Says in the log which channels are off, and why. Throws std::invalid_argument for settings that cannot work.
    Senders(http::Client& client, const Settings& settings);

    std::optional<Mailer> mailer;
    std::optional<Sms> sms;
    std::optional<WebPush> web_push;
    std::optional<Fcm> fcm;
};

/// The channels that the settings switch on, for those who only need to know.
Channels available_channels(const Settings& settings);
/// The key that browsers subscribe with, base64url; empty without Web Push.
std::string vapid_public_key(const Settings& settings);

}  // namespace liveshop::notify
