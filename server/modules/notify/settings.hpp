#pragma once
// Where messages are handed over. What a channel needs and is not given switches the channel off.
#include "platform/config.hpp"
#include "platform/config/optional_secret.hpp"

namespace liveshop::notify {

struct Settings {
    std::string public_url = "http://localhost:8080";
    OptionalSecret smtp_url;
    std::string mail_from;
    std::string twilio_api_url = "https://api.twilio.com";
    std::string twilio_account_sid;
    OptionalSecret twilio_auth_token;
    std::string twilio_from;
    std::string fcm_api_url = "https://fcm.googleapis.com";
    std::string fcm_token_url = "https://oauth2.googleapis.com/token";
    std::string fcm_project_id;
    std::string fcm_client_email;
    OptionalSecret fcm_private_key;
    OptionalSecret vapid_private_key;
    std::string vapid_subject;
    std::vector<std::string> web_push_services{"fcm.googleapis.com", "*.push.services.mozilla.com",
                                               "*.notify.windows.com", "*.push.apple.com"};
};
BOOST_DESCRIBE_STRUCT(Settings, (),
                      (public_url, smtp_url, mail_from, twilio_api_url, twilio_account_sid, twilio_auth_token,
                       twilio_from, fcm_api_url, fcm_token_url, fcm_project_id, fcm_client_email, fcm_private_key,
                       vapid_private_key, vapid_subject, web_push_services))

constexpr auto setting_help(const Settings*) {
    return std::array{
        config::Help{"public_url", "Address under which people reach the shop: messages link to it."},
        config::Help{"smtp_url",
                     "Mail server: smtp://[user:password@]host[:port] with STARTTLS (without it only on this machine), "
                     "smtps://… for TLS from the start; empty: no e-mail"},
        config::Help{"mail_from", "The sender's address of e-mail, no-reply@shop.example; needed by smtp_url"},
        config::Help{"twilio_api_url", "Where Twilio's API answers, or what stands for it"},
        config::Help{"twilio_account_sid", "Twilio's account, AC…; empty: no text messages"},
        config::Help{"twilio_auth_token", "Twilio's token of that account"},
        config::Help{"twilio_from", "The sender of text messages: a number of Twilio's (+1…), or MG… of a service"},
        config::Help{"fcm_api_url", "Where Firebase Cloud Messaging answers, or what stands for it"},
        config::Help{"fcm_token_url", "Where Google gives access tokens, or what stands for it"},
        config::Help{"fcm_project_id", "Firebase project of the installed apps; empty: no push to them"},
        config::Help{"fcm_client_email", "client_email of the project's service account"},
        config::Help{"fcm_private_key", "private_key of the project's service account (PEM, RSA)"},
        config::Help{"vapid_private_key",
                     "Key of Web Push (RFC 8292): 32 random bytes in base64url; browsers know its public half, so that "
                     "a new key ends all subscriptions; empty: no Web Push"},
        config::Help{"vapid_subject", "How push services reach the operator: mailto:… or https://…; else mail_from"},
        config::Help{"web_push_services",
                     "Push services that browsers may name, hosts (*.example.com: all below it) or whole origins"},
    };
}

}  // namespace liveshop::notify
