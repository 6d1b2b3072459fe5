#include "modules/notify/senders.hpp"

#include "modules/notify/base64url.hpp"
#include "modules/notify/kinds.hpp"
#include "platform/log.hpp"

namespace liveshop::notify {
namespace {

bool has_mail(const Settings& settings) { return !settings.smtp_url.empty(); }
bool has_sms(const Settings& settings) {
    return !settings.twilio_account_sid.empty() && !settings.twilio_auth_token.empty() && !settings.twilio_from.empty();
}
bool has_web_push(const Settings& settings) { return !settings.vapid_private_key.empty(); }
bool has_fcm(const Settings& settings) {
    return !settings.fcm_project_id.empty() && !settings.fcm_client_email.empty() && !settings.fcm_private_key.empty();
}

void tell_off(bool is_on, std::string_view channel, std::string_view settings) {
    if (!is_on) log::info("a channel is off", {{"channel", channel}, {"needs", settings}});
}

std::string subject_of(const Settings& settings) {
    if (!settings.vapid_subject.empty()) return settings.vapid_subject;
    return settings.mail_from.empty() ? settings.public_url : "mailto:" + settings.mail_from;
}

}  // namespace

Senders::Senders(http::Client& client, const Settings& settings) {
    if (has_mail(settings))
        mailer.emplace(MailerSettings{.smtp_url = settings.smtp_url.reveal(), .mail_from = settings.mail_from});
    if (has_sms(settings))
        sms.emplace(client, SmsSettings{settings.twilio_api_url, settings.twilio_account_sid,
                                        settings.twilio_auth_token.reveal(), settings.twilio_from});
    if (has_web_push(settings))
        web_push.emplace(client, settings.vapid_private_key.reveal(), subject_of(settings),
                         PushServices(settings.web_push_services));
    if (has_fcm(settings))
        fcm.emplace(client, FcmSettings{settings.fcm_api_url, settings.fcm_token_url, settings.fcm_project_id,
                                        settings.fcm_client_email, settings.fcm_private_key.reveal()});
    tell_off(mailer.has_value(), "email", "smtp_url, mail_from");
    tell_off(sms.has_value(), "sms", "twilio_account_sid, twilio_auth_token, twilio_from");
    tell_off(web_push.has_value(), "web push", "vapid_private_key");
    tell_off(fcm.has_value(), "fcm", "fcm_project_id, fcm_client_email, fcm_private_key");
}

Channels available_channels(const Settings& settings) {
    Channels on = channels(Channel::in_app);
    if (has_web_push(settings) || has_fcm(settings)) on.bits |= channels(Channel::push).bits;
    if (has_mail(settings)) on.bits |= channels(Channel::email).bits;
    if (has_sms(settings)) on.bits |= channels(Channel::sms).bits;
    return on;
}

std::string vapid_public_key(const Settings& settings) {
    if (!has_web_push(settings)) return "";
    const std::optional<std::string> bytes = decode_base64url(settings.vapid_private_key.reveal());
    const std::optional<EcKey> key = bytes ? EcKey::from_private(*bytes) : std::nullopt;
    return key ? base64url(key->point()) : "";
}

}  // namespace liveshop::notify
