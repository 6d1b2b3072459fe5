// Keeping order in a chat: mutes, moderators, words.
#include "modules/live/moderation.hpp"

#include "modules/catalog/api.hpp"
#include "modules/identity/api.hpp"
#include "modules/live/access.hpp"
#include "modules/live/chat.hpp"
#include "modules/live/chat_store.hpp"
#include "modules/live/events.hpp"
#include "modules/live/moderation_store.hpp"
#include "modules/live/routes.hpp"
#include "modules/live/rules.hpp"
#include "platform/rooms.hpp"

namespace liveshop::live {
namespace {

std::optional<std::string> text_of(const std::optional<Text<1, 200>>& text) {
    return text ? std::optional(text->value) : std::nullopt;
}

awaitable<Mute> mute_person(Ctx& ctx, MutePerson in) {
    const Visit at = co_await visit_to_moderate(ctx, in.stream_id);
    const bool keeps = co_await ctx.tx.one(keeps_order, at.stream.store_id, in.user_id);
    if (keeps) throw Fail(Errc::cannot_be_muted);
    std::optional<std::int64_t> duration_s;
    if (in.duration_s) duration_s = in.duration_s->value;
    Mute mute = co_await mute_in(ctx, at.stream.store_id, in.user_id, text_of(in.reason), duration_s);
    if (in.delete_messages.value_or(false)) co_await delete_all_of(ctx, in.stream_id, in.user_id);
    ctx.emit(room_of_user(in.user_id), mute_changed,
             MuteChanged{in.stream_id, MuteNotice{mute.reason, mute.expires_at}});
    co_return mute;
}

awaitable<MuteList> get_mutes(Ctx& ctx, StreamOf in) {
    const Visit at = co_await visit_to_moderate(ctx, in.stream_id);
    MuteList list;
    list.mutes = co_await ctx.tx.all(list_mutes, at.stream.store_id);
    co_return list;
}

awaitable<void> unmute_person(Ctx& ctx, MuteOf in) {
    const Visit at = co_await visit_to_moderate(ctx, in.stream_id);
    const std::optional<UserId> user_id = co_await ctx.tx.find(delete_mute, in.mute_id, at.stream.store_id);
    if (!user_id) throw Fail(Errc::mute_not_found);
    ctx.emit(room_of_user(*user_id), mute_changed, MuteChanged{in.stream_id, std::nullopt});
}

awaitable<ModeratorList> get_moderators(Ctx& ctx, StoreModerators in) {
    co_await catalog::get_own_store(ctx, in.store_id);
    ModeratorList list;
    list.moderators = co_await ctx.tx.all(list_moderators, in.store_id);
    co_return list;
}

awaitable<ModeratorList> appoint_moderator(Ctx& ctx, ModeratorOf in) {
    co_await catalog::get_own_store(ctx, in.store_id);
    const std::optional<std::string> name = co_await ctx.tx.find(find_person, in.user_id);
    if (!name) throw Fail(Errc::person_not_found);
    const std::int64_t count = co_await ctx.tx.one(count_moderators, in.store_id);
    if (count >= moderators_max) throw Fail(Errc::too_many_moderators);
    co_await ctx.tx.run(insert_moderator, in.store_id, in.user_id, ctx.user());
    co_await ctx.tx.run(delete_mutes_of, in.store_id, in.user_id);
    ModeratorList list;
    list.moderators = co_await ctx.tx.all(list_moderators, in.store_id);
    co_return list;
}

// Of somebody who is none: nothing is left to do.
awaitable<void> dismiss_moderator(Ctx& ctx, ModeratorOf in) {
    co_await catalog::get_own_store(ctx, in.store_id);
    co_await ctx.tx.run(delete_moderator, in.store_id, in.user_id);
}

void require_few(const std::vector<MutedWord>& words) {
    if (words.size() > muted_words_max) throw Invalid({{"/words", "must have at most 200 items"}});
}

awaitable<MutedWords> get_stream_words(Ctx& ctx, StreamOf in) {
    co_await visit_to_moderate(ctx, in.stream_id);
    std::vector<MutedWord> words = co_await ctx.tx.one(find_stream_words, in.stream_id);
    co_return MutedWords{std::move(words)};
}

awaitable<MutedWords> set_stream_words(Ctx& ctx, SetStreamWords in) {
    require_few(in.words);
    co_await visit_to_moderate(ctx, in.stream_id);
    co_await ctx.tx.run(save_stream_words, in.stream_id, in.words);
    co_return MutedWords{std::move(in.words)};
}

awaitable<MutedWords> get_tenant_words(Ctx& ctx) {
    std::optional<std::vector<MutedWord>> words = co_await ctx.tx.find(find_tenant_words);
    co_return MutedWords{std::move(words).value_or(std::vector<MutedWord>{})};
}

awaitable<MutedWords> set_tenant_words(Ctx& ctx, MutedWords in) {
    require_few(in.words);
    co_await ctx.tx.run(save_tenant_words, in.words);
    co_await identity::audit(ctx, "chat.mute_words", ctx.tenant, in);
    co_return in;
}

}  // namespace

awaitable<Mute> mute_in(Ctx& ctx, std::optional<catalog::StoreId> store_id, UserId user_id,
                        std::optional<std::string> reason, std::optional<std::int64_t> duration_s) {
    std::optional<std::string> name = co_await ctx.tx.find(find_person, user_id);
    if (!name) throw Fail(Errc::person_not_found);
    co_await ctx.tx.run(delete_mutes_of, store_id, user_id);
    Mute mute = co_await ctx.tx.one(insert_mute, store_id, user_id, *name, reason, ctx.user(), duration_s);
    co_return mute;
}

std::vector<Route> moderation_routes() {
    constexpr auto not_here = Errc::stream_not_found;
    return route_table(
        post<mute_person>("/streams/{stream_id}/mutes")
            .creates()
            .fails(not_here, Errc::not_moderator, Errc::cannot_be_muted, Errc::person_not_found)
            .says("Lets somebody write in none of the store's chats, for a while or for good: the account, and the "
                  "devices it wrote from"),
        get<get_mutes>("/streams/{stream_id}/mutes")
            .fails(not_here, Errc::not_moderator)
            .says("Who may not write at the moment"),
        del<unmute_person>("/streams/{stream_id}/mutes/{mute_id}")
            .fails(not_here, Errc::not_moderator, Errc::mute_not_found)
            .says("Lets somebody write again"),
        get<get_moderators>("/stores/{store_id}/moderators")
            .by(hosts)
            .fails(catalog::Errc::store_not_found, catalog::Errc::not_your_store)
            .says("Who keeps order in the store's chats"),
        post<appoint_moderator>("/stores/{store_id}/moderators")
            .by(hosts)
            .creates()
            .fails(catalog::Errc::store_not_found, catalog::Errc::not_your_store, Errc::person_not_found,
                   Errc::too_many_moderators)
            .says("Lets somebody keep order: delete messages and mute; no limits of the chat bind them"),
        del<dismiss_moderator>("/stores/{store_id}/moderators/{user_id}")
            .by(hosts)
            .fails(catalog::Errc::store_not_found, catalog::Errc::not_your_store)
            .says("Lets somebody keep order no longer"),
        get<get_stream_words>("/streams/{stream_id}/muted-words")
            .fails(not_here, Errc::not_moderator)
            .says("Words that are not allowed in this stream's chat, beside the marketplace's"),
        put<set_stream_words>("/streams/{stream_id}/muted-words")
            .fails(not_here, Errc::not_moderator)
            .says("Sets the words that are not allowed in this stream's chat"),
        get<get_tenant_words>("/admin/muted-words").by(admins).says("Words that are not allowed in any chat"),
        put<set_tenant_words>("/admin/muted-words").by(admins).says("Sets the words that are not allowed in any chat"));
}

}  // namespace liveshop::live
