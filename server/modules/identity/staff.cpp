#include "modules/identity/api.hpp"
#include "platform/db/query.hpp"

namespace liveshop::identity {
namespace {

inline const db::Query<void(UserId, Role, Role)> change_role{"identity.change_role", R"(
    update users set role = $3, updated_at = now() where id = $1 and role = $2
)"};

}  // namespace

awaitable<void> become_staff(Ctx& ctx, UserId user_id) {
    co_await ctx.tx.run(change_role, user_id, Role::customer, Role::store_staff);
}

awaitable<void> end_staff(Ctx& ctx, UserId user_id) {
    co_await ctx.tx.run(change_role, user_id, Role::store_staff, Role::customer);
}

}  // namespace liveshop::identity
