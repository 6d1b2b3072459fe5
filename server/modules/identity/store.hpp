#pragma once
#include "modules/identity/types.hpp"
#include "platform/db/transaction.hpp"

namespace liveshop::identity {

struct Profile {
    std::string name;
    std::optional<std::string> avatar_url;
};
BOOST_DESCRIBE_STRUCT(Profile, (), (name, avatar_url))

inline const db::Query<User(UserId, Email, std::optional<Phone>, std::string, Role, Profile)> insert_user{
    "identity.insert_user", R"(
    insert into users (id, email, phone, password_hash, role, profile) values ($1, $2, $3, $4, $5, $6)
    returning id, email, phone, profile->>'name' as name, profile->>'avatar_url' as avatar_url, role, status, kyc_status,
              created_at
)"};

inline const db::Query<User(UserId)> find_user{"identity.find_user", R"(
    select id, email, phone, profile->>'name' as name, profile->>'avatar_url' as avatar_url, role, status, kyc_status,
           created_at
      from users where id = $1
)"};

struct Credentials {
    UserId id;
    std::optional<std::string> password_hash;
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (id, password_hash))

inline const db::Query<Credentials(Email)> find_credentials{"identity.find_credentials", R"(
    select id, password_hash from users where email = $1
)"};

inline const db::Query<User(UserId, std::optional<PersonName>, std::optional<Phone>)> update_user{
    "identity.update_user", R"(
    update users set profile = case when $2::text is null then profile else jsonb_set(profile, '{name}', to_jsonb($2::text)) end,
                     phone = coalesce($3::text, phone), updated_at = now()
     where id = $1
    returning id, email, phone, profile->>'name' as name, profile->>'avatar_url' as avatar_url, role, status, kyc_status,
              created_at
)"};

inline const db::Query<SessionId(UserId)> insert_session{"identity.insert_session", R"(
    insert into sessions (user_id) values ($1) returning id
)"};

inline const db::Query<void(db::Bytes, SessionId, std::int64_t)> insert_refresh_token{"identity.insert_refresh_token",
                                                                                      R"(
    insert into refresh_tokens (token_hash, session_id, expires_at) values ($1, $2, now() + $3::bigint * interval '1 second')
    on conflict (tenant_id, token_hash) do nothing
)"};

struct RefreshState {
    SessionId session_id;
    UserId user_id;
    bool is_live = false;       ///< neither expired nor of an ended session
    bool is_rotated = false;    ///< has a successor
    bool within_grace = false;  ///< which was given out a moment ago
};
BOOST_DESCRIBE_STRUCT(RefreshState, (), (session_id, user_id, is_live, is_rotated, within_grace))

// Locks the session: of two refreshes at once the second sees what the first did.
inline const db::Query<RefreshState(db::Bytes)> find_refresh_token{"identity.find_refresh_token", R"(
    select t.session_id, s.user_id, s.ended_at is null and t.expires_at > now() as is_live,
           t.rotated_at is not null as is_rotated,
           coalesce(t.rotated_at > now() - interval '30 seconds', false) as within_grace
      from refresh_tokens t join sessions s on s.id = t.session_id
     where t.token_hash = $1 for update of s
)"};

inline const db::Query<void(db::Bytes)> rotate_refresh_token{"identity.rotate_refresh_token", R"(
    update refresh_tokens set rotated_at = now() where token_hash = $1 and rotated_at is null
)"};

inline const db::Query<void(SessionId)> end_session{"identity.end_session", R"(
    update sessions set ended_at = now() where id = $1 and ended_at is null
)"};

inline const db::Query<void()> delete_expired_tokens{"identity.delete_expired_tokens", R"(
    delete from refresh_tokens where expires_at < now() - interval '1 day'
)"};

inline const db::Query<std::string(TenantId)> find_tenant_slug{"identity.find_tenant_slug", R"(
    select slug from tenants where id = $1
)"};

inline const db::Query<TenantRow()> list_tenants{"identity.list_tenants", R"(
    select id, name, slug, plan, (select count(*) from stores s where s.tenant_id = t.id) as store_count,
           (select count(*) from users u where u.tenant_id = t.id) as user_count, created_at
      from tenants t order by created_at limit 500
)"};

}  // namespace liveshop::identity
