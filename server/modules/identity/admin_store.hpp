#pragma once
#include "modules/identity/admin_requests.hpp"
#include "modules/identity/requests.hpp"
#include "modules/identity/store.hpp"

namespace liveshop::identity {

inline const std::string user_filter = R"( u.deleted_at is null
       and ($1::text is null or strpos(lower(u.profile->>'name'), lower($1)) > 0 or strpos(u.email, lower($1)) > 0)
       and ($2::text is null or u.role = $2) and ($3::text is null or u.status = $3)
       and ($4::text is null or u.kyc_status = $4))";

inline const db::Query<User(std::optional<std::string>, std::optional<Role>, std::optional<UserStatus>,
                            std::optional<KycStatus>, std::optional<UserId>, std::int64_t)>
    list_users_page{"identity.list_users_page", "select " + user_columns + " from users u where" + user_filter + R"(
       and ($5::uuid is null or (u.created_at, u.id) < (select a.created_at, a.id from users a where a.id = $5))
     order by u.created_at desc, u.id desc limit $6::bigint)"};

inline const db::Query<std::int64_t(std::optional<std::string>, std::optional<Role>, std::optional<UserStatus>,
                                    std::optional<KycStatus>)>
    count_users{"identity.count_users", "select count(*) from users u where" + user_filter};

inline const db::Query<std::int64_t(UserId)> count_sessions{"identity.count_sessions", R"(
    select count(*) from sessions s
     where s.user_id = $1 and s.ended_at is null
       and exists (select from refresh_tokens t where t.session_id = s.id and t.expires_at > now())
)"};

struct AuditSubject;  // whatever something was done to
using AuditSubjectId = Id<AuditSubject>;

inline const db::Query<AuditRow(AuditSubjectId)> list_audit_of{"identity.list_audit_of", R"(
    select a.actor_id, u.profile->>'name' as actor_name, a.action, a.detail, a.created_at
      from audit_log a left join users u on u.id = a.actor_id
     where a.subject_id = $1 order by a.created_at desc, a.id desc limit 100
)"};

inline const db::Query<void(std::optional<UserId>, std::string, AuditSubjectId, json::value)> insert_audit{
    "identity.insert_audit", R"(
    insert into audit_log (actor_id, action, subject_id, detail) values ($1, $2, $3, $4)
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
