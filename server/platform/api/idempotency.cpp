#include "platform/api/idempotency.hpp"

#include <openssl/sha.h>

namespace liveshop {
namespace {

struct Kept {
    std::string route;
    db::Bytes body_hash;
    std::optional<std::int64_t> status_code;
    std::optional<std::string> response;
};
BOOST_DESCRIBE_STRUCT(Kept, (), (route, body_hash, status_code, response))

// A claim without an answer after a minute belonged to a process that died: it may be taken over. An answer of
// yesterday counts no more, though it may not be deleted yet.
inline const db::Query<Timestamp(TenantId, UserId, std::string, std::string, db::Bytes)> claim_key{
    "platform.claim_idempotency_key", R"(
    insert into idempotency_keys as kept (tenant_id, user_id, key, route, body_hash)
    values ($1, $2, $3, $4, $5)
    on conflict (tenant_id, user_id, key) do update
       set route = excluded.route, body_hash = excluded.body_hash, status_code = null, response = null,
           created_at = now()
     where kept.created_at < now() - interval '1 day'
        or (kept.status_code is null and kept.created_at < now() - interval '1 minute'
            and kept.route = excluded.route and kept.body_hash = excluded.body_hash)
    returning created_at
)"};
inline const db::Query<Kept(TenantId, UserId, std::string)> find_key{"platform.find_idempotency_key", R"(
    select route, body_hash, status_code, response from idempotency_keys
     where tenant_id = $1 and user_id = $2 and key = $3
)"};
inline const db::Query<void(TenantId, UserId, std::string, Timestamp, std::int64_t, std::string)> keep_answer{
    "platform.keep_idempotent_answer", R"(
    update idempotency_keys set status_code = $5::bigint, response = $6
     where tenant_id = $1 and user_id = $2 and key = $3 and created_at = $4 and status_code is null
)"};
inline const db::Query<void(TenantId, UserId, std::string, Timestamp)> release_key{"platform.release_idempotency_key",
                                                                                   R"(
    delete from idempotency_keys
     where tenant_id = $1 and user_id = $2 and key = $3 and created_at = $4 and status_code is null
)"};
inline const db::Query<TenantId()> list_tenants{"platform.list_tenants", "select id from tenants"};
inline const db::Query<void(TenantId)> delete_old_answers{"platform.delete_old_idempotent_answers", R"(
    delete from idempotency_keys where tenant_id = $1 and created_at < now() - interval '1 day'
)"};

}  // namespace

IdempotentCall::IdempotentCall(db::Pool& pool, TenantId tenant, UserId user, std::string key, const Route& route,
                               const json::value& input)
    : pool_(pool), tenant_(tenant), user_(user), key_(std::move(key)), route_(route.name) {
    const std::string body = json::serialize(input);
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest;
    SHA256(reinterpret_cast<const unsigned char*>(body.data()), body.size(), digest.data());
    body_hash_.value.assign(reinterpret_cast<const char*>(digest.data()), digest.size());
}

awaitable<std::optional<Reply>> IdempotentCall::claim() {
    db::Transaction tx = pool_.transaction({.tenant = tenant_, .read_only = false});
    const std::optional<Timestamp> claimed = co_await tx.find(claim_key, tenant_, user_, key_, route_, body_hash_);
    if (claimed) {
        co_await tx.commit();
        claimed_at_ = *claimed;
        co_return std::nullopt;
    }
    const std::optional<Kept> kept = co_await tx.find(find_key, tenant_, user_, key_);
    co_await tx.commit();
    if (!kept) throw Fail(PlatformErrc::idempotency_key_in_use);  // released between the two statements
    if (kept->route != route_ || kept->body_hash != body_hash_) throw Fail(PlatformErrc::idempotency_key_reused);
    if (!kept->status_code) throw Fail(PlatformErrc::idempotency_key_in_use);
    Reply reply;
    reply.status = static_cast<int>(*kept->status_code);
    reply.body = kept->response.value_or("");
    reply.headers.push_back({"Idempotent-Replayed", "true"});
    co_return reply;
}

awaitable<void> IdempotentCall::keep(db::Transaction& tx, const Reply& reply) {
    const std::int64_t kept =
        co_await tx.count(keep_answer, tenant_, user_, key_, claimed_at_, std::int64_t{reply.status}, reply.body);
    if (kept == 0) throw Fail(PlatformErrc::idempotency_key_in_use);
}

awaitable<void> IdempotentCall::keep_refusal(const Reply& reply) {
    db::Transaction tx = pool_.transaction({.tenant = tenant_, .read_only = false});
    if (reply.is_final)
        co_await tx.run(keep_answer, tenant_, user_, key_, claimed_at_, std::int64_t{reply.status}, reply.body);
    else
        co_await tx.run(release_key, tenant_, user_, key_, claimed_at_);
    co_await tx.commit();
}

awaitable<void> forget_old_answers(db::Pool& pool) {
    db::Transaction all = pool.transaction({});
    const std::vector<TenantId> tenants = co_await all.all(list_tenants);
    co_await all.commit();
    for (const TenantId tenant : tenants) {
        db::Transaction tx = pool.transaction({.tenant = tenant, .read_only = false});
        co_await tx.run(delete_old_answers, tenant);
        co_await tx.commit();
    }
}

}  // namespace liveshop
