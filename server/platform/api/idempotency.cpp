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

// A claim without an answer after a minute belonged to a process that died: it may be taken over.
inline const db::Query<bool(TenantId, UserId, std::string, std::string, db::Bytes)> claim_key{
    "platform.claim_idempotency_key", R"(
    insert into idempotency_keys as kept (tenant_id, user_id, key, route, body_hash)
    values ($1, $2, $3, $4, $5)
    on conflict (tenant_id, user_id, key) do update set created_at = now()
     where kept.status_code is null and kept.created_at < now() - interval '1 minute'
       and kept.route = excluded.route and kept.body_hash = excluded.body_hash
    returning true
)"};
inline const db::Query<Kept(TenantId, UserId, std::string)> find_key{"platform.find_idempotency_key", R"(
    select route, body_hash, status_code, response from idempotency_keys
     where tenant_id = $1 and user_id = $2 and key = $3
)"};
inline const db::Query<void(TenantId, UserId, std::string, std::int64_t, std::string)> keep_answer{
    "platform.keep_idempotent_answer", R"(
    update idempotency_keys set status_code = $4::bigint, response = $5
     where tenant_id = $1 and user_id = $2 and key = $3
)"};
inline const db::Query<void(TenantId, UserId, std::string)> release_key{"platform.release_idempotency_key", R"(
    delete from idempotency_keys where tenant_id = $1 and user_id = $2 and key = $3 and status_code is null
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
    const std::optional<bool> claimed = co_await tx.find(claim_key, tenant_, user_, key_, route_, body_hash_);
    if (claimed) {
        co_await tx.commit();
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
    co_await tx.run(keep_answer, tenant_, user_, key_, std::int64_t{reply.status}, reply.body);
}

awaitable<void> IdempotentCall::keep_refusal(const Reply& reply) {
    db::Transaction tx = pool_.transaction({.tenant = tenant_, .read_only = false});
    if (reply.status >= 500)
        co_await tx.run(release_key, tenant_, user_, key_);
    else
        co_await tx.run(keep_answer, tenant_, user_, key_, std::int64_t{reply.status}, reply.body);
    co_await tx.commit();
}

}  // namespace liveshop
