// Deleting one's account: what names the person goes, orders and ledger stay.
#include "modules/identity/api.hpp"
#include "modules/identity/deletion_store.hpp"
#include "modules/identity/handlers.hpp"
#include "modules/identity/jobs.hpp"
#include "modules/identity/kyc_store.hpp"
#include "modules/identity/sessions.hpp"
#include "modules/identity/store.hpp"

namespace liveshop::identity {
namespace {

awaitable<void> require_no_hold(Ctx& ctx) {
    std::string reasons;
    for (const DeletionHold& hold : ctx.services.get<const DeletionHolds>()) {
        const std::optional<std::string> reason = co_await hold.reason(ctx, ctx.user());
        if (reason) reasons += (reasons.empty() ? "" : " ") + *reason;
    }
    if (!reasons.empty()) throw Fail(Errc::account_in_use, reasons);
}

awaitable<RemoveFiles> files_of(Ctx& ctx) {
    RemoveFiles files;
    files.private_keys = co_await ctx.tx.all(list_document_files, ctx.user());
    const OldAvatar avatar = co_await ctx.tx.one(find_avatar, ctx.user());
    if (avatar.avatar_url && !avatar.is_used_by_others) files.urls.push_back(*avatar.avatar_url);
    co_return files;
}

}  // namespace

// Holds are asked under the lock of the account. An order that is placed at the same moment gets through: it is paid
// and delivered like any other, to an account that cannot be signed in to any more.
awaitable<void> delete_me(Ctx& ctx, DeleteMe in) {
    co_await require_password(ctx, in.password.value);
    const std::optional<User> user = co_await ctx.tx.find(lock_user, ctx.user());
    if (!user) throw Fail(PlatformErrc::unauthenticated);
    co_await require_no_hold(ctx);
    const RemoveFiles files = co_await files_of(ctx);
    co_await ctx.tx.run(delete_addresses, user->id);
    co_await ctx.tx.run(delete_verifications, user->id);
    co_await ctx.tx.run(delete_kyc_documents, user->id);
    co_await ctx.tx.run(delete_kyc_submissions, user->id);
    co_await ctx.tx.run(end_sessions, user->id, std::nullopt);
    co_await ctx.tx.run(forget_devices, user->id);
    co_await ctx.tx.run(delete_refresh_tokens, user->id);
    co_await ctx.tx.run(anonymise_user, user->id, fmt::format("deleted-{}@deleted.invalid", user->id.to_string()));
    if (!files.private_keys.empty() || !files.urls.empty()) co_await jobs::enqueue(ctx, remove_files_kind, files);
    co_await audit(ctx, "user.delete", user->id, Nothing{});
    co_await jobs::publish(ctx, "identity.account_deleted", UserFact{user->id});
}

}  // namespace liveshop::identity
