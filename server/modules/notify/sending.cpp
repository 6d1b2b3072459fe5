#include "modules/notify/sending.hpp"

#include <fmt/format.h>

#include <boost/url/parse.hpp>

#include "modules/identity/api.hpp"
#include "modules/notify/preferences_store.hpp"
#include "modules/notify/rules.hpp"
#include "modules/notify/senders.hpp"
#include "modules/notify/store.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::notify {
namespace {

struct Recipient {
    std::string email;
    std::optional<std::string> phone;
    bool is_welcome = true;  ///< has an account that is in use
};

/// Everything that is known of a message before it goes out.
struct Prepared {
    SendId send_id;
    Outgoing out;
    Recipient to;
    Shop shop;
    std::string base_url;  ///< of the shop, without a slash at the end
};

awaitable<Recipient> find_recipient(Ctx& ctx, UserId user_id) {
    const identity::User user = co_await identity::get_user(ctx, user_id);
    co_return Recipient{user.email, user.phone, user.status != identity::UserStatus::suspended};
}

PushText push_text_of(const Outgoing& out) {
    return {.title = shorten(out.title, 120),
            .body = shorten(out.body, 400),
            .url = out.data.url,
            .tag = out.tag,
            .type = std::string(name_of(out.type)),
            .notification_id = out.notification_id.to_string(),
            .ttl_s = std::max<std::int64_t>(0, row_of(out.type).useful_s - out.age_s),
            .is_urgent = row_of(out.type).useful_s <= hours_s};
}

Words with_frame(const Prepared& prepared) {
    Words words = prepared.out.words;
    words.words.push_back({"shop", prepared.shop.name});
    words.words.push_back({"link", prepared.base_url + prepared.out.data.url});
    return words;
}

awaitable<Outcome> send_mail(Senders& senders, const Prepared& prepared) {
    if (!senders.mailer) co_return Outcome::refused("e-mail is switched off");
    const Outgoing& out = prepared.out;
    const bool is_locked = row_of(out.type).is_locked;
    const MailFrame frame{.shop = prepared.shop.name,
                          .link = prepared.base_url + out.data.url,
                          .preferences_url = is_locked ? "" : prepared.base_url + "/notifications/preferences"};
    Mail mail = compose_mail(wording(out.type, out.locale), out.words, frame);
    const auto url = boost::urls::parse_uri(prepared.base_url);
    mail.to = prepared.to.email;
    mail.message_id =
        fmt::format("<{}@{}>", prepared.send_id.to_string(), url ? std::string(url->host()) : std::string("localhost"));
    Outcome outcome = co_await senders.mailer->send(std::move(mail));
    co_return outcome;
}

awaitable<Outcome> send_sms(Senders& senders, const Prepared& prepared) {
    if (!senders.sms) co_return Outcome::refused("text messages are switched off");
    if (!prepared.to.phone) co_return Outcome::refused("the person has no phone number");
    const std::string text = fill(wording(prepared.out.type, prepared.out.locale).sms, with_frame(prepared));
    Outcome outcome = co_await senders.sms->send(*prepared.to.phone, shorten(text, 480));
    co_return outcome;
}

awaitable<Outcome> send_push(Senders& senders, const Prepared& prepared) {
    const Outgoing& out = prepared.out;
    if (!out.device_kind) co_return Outcome::gone("the device is gone");
    if (*out.device_kind == DeviceKind::fcm) {
        if (!senders.fcm) co_return Outcome::refused("push to apps is switched off");
        Outcome outcome = co_await senders.fcm->send(out.endpoint.value(), push_text_of(out));
        co_return outcome;
    }
    if (!senders.web_push) co_return Outcome::refused("push to browsers is switched off");
    const PushKeys keys{out.p256dh.value().value, out.auth.value().value};
    Outcome outcome = co_await senders.web_push->send(out.endpoint.value(), keys, push_text_of(out));
    co_return outcome;
}

awaitable<Outcome> hand_over(Senders& senders, const Prepared& prepared) {
    Outcome outcome = Outcome::refused("nothing is sent by this channel");
    switch (prepared.out.channel) {
        case Channel::email:
            outcome = co_await send_mail(senders, prepared);
            break;
        case Channel::sms:
            outcome = co_await send_sms(senders, prepared);
            break;
        case Channel::push:
            outcome = co_await send_push(senders, prepared);
            break;
        case Channel::in_app:
            break;
    }
    co_return outcome;
}

awaitable<void> record(Ctx& ctx, const Prepared& prepared, Outcome outcome) {
    const Outgoing& out = prepared.out;
    switch (outcome.kind) {
        case Outcome::Kind::sent:
            co_await ctx.tx.run(finish_send, prepared.send_id, SendStatus::sent, std::string(), outcome.reference);
            co_await ctx.tx.run(mark_sent_via, out.notification_id, std::string(name_of(out.channel)));
            co_return;
        case Outcome::Kind::refused:
            co_await ctx.tx.run(finish_send, prepared.send_id, SendStatus::failed, outcome.detail, std::string());
            co_return;
        case Outcome::Kind::gone:
            co_await ctx.tx.run(finish_send, prepared.send_id, SendStatus::skipped, outcome.detail, std::string());
            if (out.push_subscription_id) co_await ctx.tx.run(forget_subscription, *out.push_subscription_id);
            co_return;
        case Outcome::Kind::later:
            break;
    }
    if (out.attempts + 1 >= send_attempts_max)
        co_await ctx.tx.run(finish_send, prepared.send_id, SendStatus::failed, outcome.detail, std::string());
    else
        co_await ctx.tx.run(note_failure, prepared.send_id, outcome.detail);
    co_await ctx.commit();
    throw Fail(PlatformErrc::unavailable, outcome.detail);
}

std::string_view reason_of(Verdict verdict) {
    return verdict == Verdict::replaced ? "replaced by a later one" : "too late to be of use";
}

}  // namespace

std::string base_url_of(const Shop& shop, const std::string& public_url) {
    std::string base = public_url;
    while (base.ends_with('/')) base.pop_back();
    const auto url = boost::urls::parse_uri(base);
    if (!shop.host_name || !url) return base;
    return fmt::format("{}://{}{}", std::string_view(url->scheme()), *shop.host_name,
                       url->has_port() ? ":" + std::string(url->port()) : "");
}

awaitable<void> send_one(Ctx& ctx, SendOf in) {
    std::optional<Outgoing> out = co_await ctx.tx.find(find_outgoing, in.send_id);
    if (!out || out->status == SendStatus::sent || out->status == SendStatus::skipped) co_return;
    const std::int64_t quiet_left =
        out->quiet_from ? quiet_minutes_left(out->minute_of_day, *out->quiet_from, out->quiet_until.value()) : 0;
    const Verdict verdict = verdict_of(out->type, out->channel, out->age_s, out->is_replaced, quiet_left);
    if (verdict == Verdict::wait) {
        const jobs::Options at_their_end{.idempotency_key = std::nullopt, .delay_s = static_cast<int>(quiet_left) * 60};
        co_await jobs::enqueue(ctx, "notify.send", in, at_their_end);
        co_return;
    }
    if (verdict != Verdict::send) {
        co_await ctx.tx.run(finish_send, in.send_id, SendStatus::skipped, std::string(reason_of(verdict)),
                            std::string());
        co_return;
    }
    Prepared prepared{.send_id = in.send_id, .out = std::move(*out), .to = {}, .shop = {}, .base_url = {}};
    prepared.to = co_await find_recipient(ctx, prepared.out.user_id);
    prepared.shop = co_await ctx.tx.one(find_shop, ctx.tenant);
    prepared.base_url = base_url_of(prepared.shop, ctx.services.get<const Settings>().public_url);
    if (!prepared.to.is_welcome && !row_of(prepared.out.type).is_locked) {
        co_await ctx.tx.run(finish_send, in.send_id, SendStatus::skipped, std::string("the account is suspended"),
                            std::string());
        co_return;
    }
    co_await ctx.commit();
    Outcome outcome = co_await hand_over(ctx.services.get<Senders>(), prepared);
    co_await record(ctx, prepared, std::move(outcome));
}

}  // namespace liveshop::notify
