#include <openssl/rand.h>
#include <openssl/sha.h>

#include <array>

#include "modules/catalog/api.hpp"
#include "modules/catalog/handlers.hpp"
#include "modules/catalog/staff_store.hpp"
#include "modules/identity/api.hpp"
#include "platform/cursor.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::catalog {
namespace {

std::string new_code() {
    std::array<unsigned char, 18> bytes;
    if (RAND_bytes(bytes.data(), bytes.size()) != 1) throw std::runtime_error("no random bytes");
    return to_base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

db::Bytes hash_of(std::string_view code) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
    SHA256(reinterpret_cast<const unsigned char*>(code.data()), code.size(), digest.data());
    return {std::string(reinterpret_cast<const char*>(digest.data()), digest.size())};
}

}  // namespace

awaitable<StaffList> get_staff(Ctx& ctx, StoreOf in) {
    co_await get_managed_store(ctx, in.store_id);
    StaffList list;
    list.staff = co_await ctx.tx.all(list_staff, in.store_id);
    list.invitations = co_await ctx.tx.all(list_invitations, in.store_id);
    co_return list;
}

// Whether there is an account of that address is not told: whoever accepts needs one, and may open it then.
awaitable<NewStaffInvitation> invite_staff(Ctx& ctx, InviteStaff in) {
    const Store store = co_await get_managed_store(ctx, in.store_id);
    if (store.closed_at) throw Fail(Errc::store_closed_down);
    const bool works_there = co_await ctx.tx.one(is_staff_by_email, in.store_id, in.email);
    if (works_there) throw Fail(Errc::already_staff);
    NewStaffInvitation made{.invitation = {}, .code = new_code()};
    made.invitation = co_await ctx.tx.one(upsert_invitation, in.store_id, in.email, hash_of(made.code), ctx.user(),
                                          invitation_ttl_days);
    co_await jobs::publish(ctx, "catalog.staff_invited", InvitationFact{made.invitation.id});
    co_return made;
}

awaitable<void> withdraw_staff_invitation(Ctx& ctx, StaffInvitationOf in) {
    co_await get_managed_store(ctx, in.store_id);
    const std::int64_t withdrawn = co_await ctx.tx.count(withdraw_invitation, in.store_id, in.invitation_id);
    if (withdrawn == 0) throw Fail(Errc::invitation_not_found);
}

awaitable<Store> accept_staff_invitation(Ctx& ctx, AcceptStaffInvitation in) {
    const std::optional<OpenInvitation> invitation = co_await ctx.tx.find(find_invitation, hash_of(in.code.value));
    if (!invitation) throw Fail(Errc::invitation_not_found);
    const identity::User user = co_await identity::get_user(ctx, ctx.user());
    if (user.email != invitation->email) throw Fail(Errc::invitation_not_yours);
    if (user.role == Role::driver || user.role == Role::admin) throw Fail(Errc::role_unfit);
    const std::int64_t used = co_await ctx.tx.count(use_invitation, invitation->id);
    if (used == 0) throw Fail(Errc::invitation_not_found);
    co_await ctx.tx.run(insert_staff, invitation->store_id, user.id);
    co_await identity::become_staff(ctx, user.id);
    Store store = co_await get_store(ctx, invitation->store_id);
    co_return store;
}

awaitable<void> remove_staff(Ctx& ctx, StaffOf in) {
    co_await get_managed_store(ctx, in.store_id);
    const std::int64_t removed = co_await ctx.tx.count(delete_staff, in.store_id, in.user_id);
    if (removed == 0) throw Fail(Errc::staff_not_found);
    const bool works_elsewhere = co_await ctx.tx.one(works_anywhere, in.user_id);
    if (!works_elsewhere) co_await identity::end_staff(ctx, in.user_id);
}

}  // namespace liveshop::catalog
