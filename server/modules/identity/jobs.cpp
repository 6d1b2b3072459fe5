#include "modules/identity/jobs.hpp"

#include "modules/identity/store.hpp"
#include "modules/identity/verification.hpp"
#include "modules/identity/verification_store.hpp"
#include "platform/private_files.hpp"
#include "platform/storage.hpp"

namespace liveshop::identity {
namespace {

// Without an account there is a code all the same, that was never sent: trying it looks no different.
awaitable<void> begin_reset(Ctx& ctx, BeginReset in) {
    const std::optional<UserId> user_id = co_await ctx.tx.find(find_user_id_of_email, in.email);
    co_await request_code(ctx, in.verification_id, user_id, VerificationPurpose::reset_password, in.email.value);
}

awaitable<void> remove_files(Ctx& ctx, RemoveFiles in) {
    PrivateFiles& files = ctx.services.get<PrivateFiles>();
    for (std::string& key : in.private_keys) co_await files.remove(ctx.tenant, std::move(key));
    Storage& storage = ctx.services.get<Storage>();
    for (std::string& url : in.urls) co_await storage.remove(ctx.tenant, std::move(url));
}

awaitable<void> forget_expired_tokens(Ctx& ctx, Nothing) {
    co_await ctx.tx.run(delete_expired_tokens);
    co_await ctx.tx.run(delete_old_verifications);
}

}  // namespace

jobs::Table job_rows() {
    return {jobs::job<begin_reset>(begin_reset_kind), jobs::job<remove_files>(remove_files_kind),
            jobs::periodic<forget_expired_tokens>("identity.forget_expired_tokens", 3600)};
}

}  // namespace liveshop::identity
