#include "modules/notify/tell.hpp"

#include "modules/notify/senders.hpp"
#include "platform/rooms.hpp"

namespace liveshop::notify {
namespace {

std::vector<Saying> sayings_of(Kind kind, const Words& words) {
    std::vector<Saying> sayings;
    each_value<Locale>([&](std::string_view, Locale locale) {
        const Wording& said = wording(kind, locale);
        sayings.push_back({locale, fill(said.title, words), fill(said.body, words)});
    });
    return sayings;
}

// Channels that go out of the house: those of `from`.
db::Array<std::string> outgoing(Channels from) {
    db::Array<std::string> names;
    for (const Channel channel : {Channel::push, Channel::email, Channel::sms})
        if (from.has(channel)) names.items.emplace_back(name_of(channel));
    return names;
}

}  // namespace

awaitable<void> tell(Ctx& ctx, std::vector<UserId> user_ids, News news) {
    if (user_ids.empty()) co_return;
    const KindRow& row = row_of(news.kind);
    db::Array<NotificationId> ids;
    for (std::size_t i = 0; i < user_ids.size(); ++i) ids.items.push_back(NotificationId::make());
    const NewNotification written{.kind = news.kind,
                                  .is_usual_in_app = row.usual.has(Channel::in_app),
                                  .sayings = sayings_of(news.kind, news.words),
                                  .data = {news.url},
                                  .words = std::move(news.words),
                                  .tag = std::move(news.tag),
                                  .dedup_key = std::move(news.key)};
    const std::vector<Told> told =
        co_await ctx.tx.all(insert_notifications, ids, db::Array<UserId>{std::move(user_ids)}, written);
    db::Array<NotificationId> told_ids;
    for (const Told& one : told) {
        told_ids.items.push_back(one.id);
        if (one.is_listed) ctx.emit(room_of_user(one.user_id), notification_new, NotificationTold{one});
    }
    if (told_ids.items.empty()) co_return;
    const Channels available = available_channels(ctx.services.get<const Settings>());
    const db::Array<std::string> on = outgoing(available), usual = outgoing(row.usual);
    db::Array<SendId> sends;
    sends.items = co_await ctx.tx.all(insert_sends, told_ids, on, usual);
    if (sends.items.empty()) co_return;
    co_await ctx.tx.run(insert_send_jobs, ctx.tenant, std::string("notify.send"), sends);
    ctx.has_enqueued = true;
}

}  // namespace liveshop::notify
