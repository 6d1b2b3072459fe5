#include "modules/live/chat.hpp"

#include <fmt/format.h>

#include "modules/identity/api.hpp"
#include "modules/live/access.hpp"
#include "modules/live/chat_store.hpp"
#include "modules/live/events.hpp"
#include "modules/live/moderation_store.hpp"
#include "modules/live/routes.hpp"
#include "modules/live/rules.hpp"
#include "modules/live/snapshots.hpp"

namespace liveshop::live {
namespace {

// What everybody asks for who comes back.
awaitable<MessageList> get_newest(Ctx& ctx, const ListMessages& in, std::optional<UserId> reader) {
    Snapshots& snapshots = ctx.services.get<Snapshots>();
    const std::shared_ptr<const Snapshot> snapshot = co_await snapshots.get(ctx.tenant, in.stream_id);
    co_await admit(ctx, *snapshot, in.invite);
    const std::shared_ptr<const ChatEnd> chat = co_await snapshots.chat(ctx.tenant, in.stream_id);
    co_return MessageList{chat->read_by(reader)};
}

awaitable<MessageList> get_messages(Ctx& ctx, ListMessages in) {
    std::optional<UserId> reader;
    if (ctx.principal) reader = ctx.principal->user;
    if (!in.after && !in.before) co_return co_await get_newest(ctx, in, reader);
    co_await visit(ctx, in.stream_id, std::move(in.invite));
    MessageList list;
    if (in.after)
        list.messages = co_await ctx.tx.all(list_messages_after, in.stream_id, *in.after, reader);
    else
        list.messages = co_await ctx.tx.all(list_messages, in.stream_id, in.before, reader);
    co_return list;
}

// Whoever keeps order is bound by none of it.
void require_may_write(const Stream& stream, const ChatStanding& standing, std::string_view content, Timestamp now) {
    if (standing.is_muted)
        throw Fail(Errc::muted, standing.muted_until ? "Until " + standing.muted_until->to_string() : "For good");
    if (!stream.settings.chat_enabled) throw Fail(Errc::chat_off);
    const std::int64_t wait_s = slow_mode_wait_s(stream.settings.slow_mode_s.value, standing.last_message_at, now);
    if (wait_s > 0) throw Fail(Errc::slow_mode, fmt::format("{} s", wait_s));
    if (has_word(content, standing.muted_words)) throw Fail(Errc::word_not_allowed);
}

awaitable<Message> send_message(Ctx& ctx, SendMessage in) {
    const Visit at = co_await visit(ctx, in.stream_id, std::move(in.invite));
    require_live(at.stream);
    const identity::User user = co_await identity::get_user(ctx, ctx.user());
    Author author = at.is_host ? Author::host : Author::viewer;
    if (!at.is_host) {
        if (at.stream.settings.slow_mode_s.value > 0) co_await ctx.tx.one(lock_writer, in.stream_id, user.id);
        const ChatStanding standing =
            co_await ctx.tx.one(find_standing, in.stream_id, at.stream.store_id, user.id, in.device_id);
        if (standing.is_moderator) author = Author::moderator;
        if (!standing.is_moderator) require_may_write(at.stream, standing, in.content.value, Timestamp::now());
    }
    Message message = co_await post_message(ctx, {.stream_id = in.stream_id,
                                                  .user_id = user.id,
                                                  .user_name = user.name,
                                                  .author = author,
                                                  .type = MessageType::text,
                                                  .content = std::move(in.content.value),
                                                  .metadata = {},
                                                  .device_id = std::move(in.device_id)});
    co_return message;
}

awaitable<void> remove_message(Ctx& ctx, MessageOf in) {
    const std::optional<Message> message = co_await ctx.tx.find(find_message, in.stream_id, in.message_id);
    if (!message || message->user_id != ctx.user()) co_await visit_to_moderate(ctx, in.stream_id);
    if (!message) throw Fail(Errc::message_not_found);
    co_await delete_one(ctx, in.stream_id, in.message_id);
}

}  // namespace

awaitable<Message> post_message(Ctx& ctx, NewMessage new_message) {
    Message message = co_await ctx.tx.one(insert_message, new_message);
    ctx.emit(room_of(message.stream_id), message_sent, message);
    co_return message;
}

awaitable<void> say_for_host(Ctx& ctx, const Stream& stream, std::string content) {
    co_await post_message(ctx, {.stream_id = stream.id,
                                .user_id = stream.host_id,
                                .user_name = stream.store_name,
                                .author = Author::host,
                                .type = MessageType::system,
                                .content = std::move(content),
                                .metadata = {},
                                .device_id = std::nullopt});
}

awaitable<void> tell_changes(Ctx& ctx, const Stream& before, const Stream& after) {
    const StreamSettings &was = before.settings, &is = after.settings;
    if (was.chat_enabled != is.chat_enabled)
        co_await say_for_host(ctx, after, is.chat_enabled ? "The chat is open again" : "The chat is closed for now");
    if (was.slow_mode_s == is.slow_mode_s) co_return;
    co_await say_for_host(ctx, after,
                          is.slow_mode_s.value > 0
                              ? fmt::format("Slow mode: one message every {} seconds", is.slow_mode_s.value)
                              : std::string("Slow mode is off"));
}

awaitable<void> delete_one(Ctx& ctx, StreamId stream_id, MessageId message_id) {
    const std::int64_t deleted = co_await ctx.tx.count(delete_message, message_id, ctx.user());
    if (deleted == 0) throw Fail(Errc::message_not_found);
    ctx.emit(room_of(stream_id), messages_deleted, MessagesDeleted{stream_id, {message_id}});
}

awaitable<void> delete_all_of(Ctx& ctx, StreamId stream_id, UserId user_id) {
    std::vector<MessageId> deleted = co_await ctx.tx.all(delete_messages_of, stream_id, user_id, ctx.user());
    if (deleted.empty()) co_return;
    ctx.emit(room_of(stream_id), messages_deleted, MessagesDeleted{stream_id, std::move(deleted)});
}

std::vector<Route> chat_routes() {
    constexpr Rate talking{.count = 20, .per_s = 10};
    return route_table(
        get<get_messages>("/streams/{stream_id}/chat").by(anyone).fails(Errc::stream_not_found).says("What was said"),
        post<send_message>("/streams/{stream_id}/chat")
            .also_on("stream:message")
            .creates()
            .limited(talking)
            .fails(Errc::stream_not_found, Errc::stream_not_live, Errc::chat_off, Errc::muted, Errc::slow_mode,
                   Errc::word_not_allowed)
            .says("Says something to everybody at the stream"),
        del<remove_message>("/streams/{stream_id}/chat/{message_id}")
            .also_on("stream:message:delete")
            .fails(Errc::stream_not_found, Errc::message_not_found, Errc::not_moderator)
            .says("Deletes a message: one's own, or any as host or moderator"));
}

}  // namespace liveshop::live
