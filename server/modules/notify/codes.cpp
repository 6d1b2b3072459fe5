// Codes that prove an address: they go straight out and are kept nowhere.
#include <fmt/format.h>

#include "modules/identity/api.hpp"
#include "modules/notify/senders.hpp"
#include "modules/notify/sending.hpp"
#include "modules/notify/subscribers.hpp"
#include "platform/log.hpp"

namespace liveshop::notify {
namespace {

constexpr int attempts_max = 6;  // a code is good for minutes

struct CodeMessage {
    identity::CodeToSend code;
    Shop shop;
    std::string link;
};

Words words_of(const CodeMessage& message, Timestamp now) {
    const std::int64_t minutes = std::max<std::int64_t>(1, (message.code.expires_at.us - now.us) / 60'000'000);
    return {{{"code", message.code.code},
             {"minutes", std::to_string(minutes)},
             {"shop", message.shop.name},
             {"link", message.link}},
            {}};
}

awaitable<Outcome> hand_over(Senders& senders, CodeMessage message, Timestamp now) {
    const Wording& said = wording(Kind::verification_code, Locale::en);
    const Words words = words_of(message, now);
    if (message.code.purpose == identity::VerificationPurpose::verify_phone) {
        if (!senders.sms) co_return Outcome::refused("text messages are switched off");
        Outcome sent = co_await senders.sms->send(message.code.destination, fill(said.sms, words));
        co_return sent;
    }
    if (!senders.mailer) co_return Outcome::refused("e-mail is switched off");
    Mail mail = compose_mail(said, words, {.shop = message.shop.name, .link = message.link, .preferences_url = ""});
    mail.to = message.code.destination;
    mail.message_id = fmt::format("<{}@liveshop>", Uuid::make().to_string());
    Outcome sent = co_await senders.mailer->send(std::move(mail));
    co_return sent;
}

awaitable<void> send_code(Ctx& ctx, identity::VerificationRequested in) {
    std::optional<identity::CodeToSend> code = co_await identity::code_of(ctx, in.verification_id);
    if (!code) co_return;
    const Shop shop = co_await ctx.tx.one(find_shop, ctx.tenant);
    CodeMessage message{.code = std::move(*code), .shop = shop, .link = {}};
    message.link = base_url_of(shop, ctx.services.get<const Settings>().public_url) + message.code.path;
    co_await ctx.commit();
    const Outcome outcome = co_await hand_over(ctx.services.get<Senders>(), std::move(message), ctx.now);
    if (outcome.kind == Outcome::Kind::later) throw Fail(PlatformErrc::unavailable, outcome.detail);
    if (outcome.kind == Outcome::Kind::refused)
        log::warning("a code was not sent",
                     {{"verification_id", in.verification_id.to_string()}, {"why", outcome.detail}});
}

}  // namespace

jobs::Table code_rows() {
    jobs::JobRow row = jobs::subscriber<send_code>("notify.send_code", "identity.verification_requested");
    row.attempts_max = attempts_max;
    return {std::move(row)};
}

}  // namespace liveshop::notify
