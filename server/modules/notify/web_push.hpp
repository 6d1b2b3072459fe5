#pragma once
#include <map>

#include "modules/notify/outcome.hpp"
#include "modules/notify/push_message.hpp"
#include "platform/http/client.hpp"
#include "platform/shape/scalars.hpp"

namespace liveshop::notify {

/// What every kind of device is sent.
struct PushText {
    std::string title, body;
    std::string url;   ///< path in the web app
    std::string tag;   ///< replaces what the device shows of the same tag
    std::string type;  ///< the notification's kind
    std::string notification_id;
    std::int64_t ttl_s = 0;  ///< how long a device that is off is waited for
    bool is_urgent = false;
};

/// The push services that may be named by browsers: a stranger must not choose whom this server calls.
class PushServices {
  public:
    /// Hosts ("*.example.com" is all below it), reached by https alone, or whole origins.
    explicit PushServices(std::vector<std::string> allowed) : allowed_(std::move(allowed)) {}
    /// The origin of the endpoint's URL, if it is one of these.
    std::optional<std::string> origin_of(std::string_view endpoint) const;

  private:
    std::vector<std::string> allowed_;
};

/// Web Push (RFC 8030) with VAPID (RFC 8292).
class WebPush {
  public:
    /// `private_key` in base64url. Throws std::invalid_argument where it is none.
    WebPush(http::Client& client, std::string_view private_key, std::string subject, PushServices services);

    const std::string& public_key() const { return public_key_; }  ///< base64url: applicationServerKey
    http::awaitable<Outcome> send(std::string endpoint, PushKeys keys, PushText text);
    /// The header Authorization for a push service. Good for hours, and kept.
    std::string authorization(const std::string& origin, Timestamp now);

  private:
    struct Token {
        std::string text;
        Timestamp renew_at;
    };
    http::Client& client_;
    std::string key_pem_, public_key_, subject_;
    PushServices services_;
    std::map<std::string, Token> tokens_;  // by origin, of those that are allowed
};

}  // namespace liveshop::notify
