#pragma once
#include <optional>

#include "platform/http/message.hpp"
#include "sandbox/inbox.hpp"

namespace liveshop::sandbox {

/// The HTTP side of the inbox. It stands for Twilio's Messages API, for Google's tokens and FCM's HTTP v1 API, and for
/// a push service (RFC 8030); and it shows what came.
class InboxDoor {
  public:
    /// Twilio's account and token; where they are empty, any will do.
    InboxDoor(Inbox& inbox, std::string account_sid, std::string auth_token);

    /// Nothing where the request is none of the inbox's.
    std::optional<http::Response> answer(const http::Request& request);

  private:
    http::Response take_sms(const http::Request& request, std::string_view account_sid);
    http::Response give_token(const http::Request& request);
    http::Response take_fcm(const http::Request& request, std::string_view project_id);
    http::Response take_push(const http::Request& request);
    http::Response list(const http::Request& request) const;

    Inbox& inbox_;
    std::string account_sid_, authorization_;
    std::vector<std::string> fcm_tokens_;  ///< those given out, the last ten
};

/// GET /inbox?to=…: newest first, for a person.
http::Response inbox_page(const Inbox& inbox, std::string_view to);

}  // namespace liveshop::sandbox
