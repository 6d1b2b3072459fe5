// What people are told of their own account and their own store.
#include <fmt/format.h>

#include "modules/catalog/api.hpp"
#include "modules/identity/api.hpp"
#include "modules/notify/subscribers.hpp"
#include "modules/notify/tell.hpp"

namespace liveshop::notify {
namespace {

struct OfUser {  // facts identity.…
    UserId user_id;
};
BOOST_DESCRIBE_STRUCT(OfUser, (), (user_id))

struct OfStore {  // fact catalog.store_verified
    catalog::StoreId store_id;
};
BOOST_DESCRIBE_STRUCT(OfStore, (), (store_id))

// Every change is told: the job's own id parts them, and is the same when it is tried again.
awaitable<void> on_password_changed(Ctx& ctx, OfUser in) {
    co_await tell(ctx, {in.user_id},
                  {.kind = Kind::password_changed,
                   .key = "password_changed:" + ctx.request_id,
                   .tag = "account",
                   .url = "/profile",
                   .words = {}});
}

awaitable<void> on_kyc_decided(Ctx& ctx, OfUser in) {
    const identity::User user = co_await identity::get_user(ctx, in.user_id);
    if (user.kyc_status == identity::KycStatus::pending) co_return;
    const bool is_verified = user.kyc_status == identity::KycStatus::verified;
    Words words;
    words.words = {{"reason", "Your profile says what was wrong with them."}};
    co_await tell(ctx, {in.user_id},
                  {.kind = is_verified ? Kind::kyc_verified : Kind::kyc_rejected,
                   .key = "kyc_decided:" + ctx.request_id,
                   .tag = "kyc",
                   .url = "/profile",
                   .words = std::move(words)});
}

awaitable<void> on_store_verified(Ctx& ctx, OfStore in) {
    const catalog::Store store = co_await catalog::get_store(ctx, in.store_id);
    std::vector<UserId> people = co_await catalog::list_store_people(ctx, in.store_id);
    Words words;
    words.words = {{"store_name", store.name}};
    co_await tell(ctx, std::move(people),
                  {.kind = Kind::store_verified,
                   .key = "store_verified:" + in.store_id.to_string(),
                   .tag = "store:" + in.store_id.to_string(),
                   .url = "/store",
                   .words = std::move(words)});
}

}  // namespace

jobs::Table people_rows() {
    return {
        jobs::subscriber<on_password_changed>("notify.password_changed", "identity.password_changed"),
        jobs::subscriber<on_kyc_decided>("notify.kyc_decided", "identity.kyc_decided"),
        jobs::subscriber<on_store_verified>("notify.store_verified", "catalog.store_verified"),
    };
}

}  // namespace liveshop::notify
