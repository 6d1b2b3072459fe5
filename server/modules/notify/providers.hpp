#pragma once
// The doors to text messages (Twilio) and to installed apps (Firebase Cloud Messaging).
#include "modules/notify/web_push.hpp"

namespace liveshop::notify {

struct SmsSettings {
    std::string api_url, account_sid, auth_token, from;
};

/// Twilio's Messages API.
class Sms {
  public:
    Sms(http::Client& client, SmsSettings settings) : client_(client), settings_(std::move(settings)) {}
    /// `to` in E.164: "+491701234567".
    http::awaitable<Outcome> send(std::string to, std::string text);

  private:
    http::Client& client_;
    SmsSettings settings_;
};

struct FcmSettings {
    std::string api_url, token_url, project_id, client_email, private_key;
};

/// FCM's HTTP v1 API, signed in to as a service account (RFC 7523).
class Fcm {
  public:
    Fcm(http::Client& client, FcmSettings settings) : client_(client), settings_(std::move(settings)) {}
    http::awaitable<Outcome> send(std::string device_token, PushText text);

  private:
    http::awaitable<std::optional<std::string>> access_token();

    http::Client& client_;
    FcmSettings settings_;
    std::string token_;
    Timestamp renew_at_;
};

}  // namespace liveshop::notify
