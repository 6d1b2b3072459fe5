#pragma once
#include "modules/catalog/store_requests.hpp"
#include "platform/db/query.hpp"

namespace liveshop::catalog {

inline constexpr int invitation_ttl_days = 7;

// Inviting the same address again makes the earlier code worthless.
inline const db::Query<StaffInvitation(StoreId, Email, db::Bytes, UserId, int)> upsert_invitation{
    "catalog.upsert_invitation", R"(
    insert into staff_invitations (store_id, email, code_hash, invited_by, expires_at)
    values ($1, $2, $3, $4, now() + $5::int * interval '1 day')
    on conflict (tenant_id, store_id, email) do update
       set code_hash = excluded.code_hash, invited_by = excluded.invited_by, created_at = now(),
           expires_at = excluded.expires_at
    returning id, email, created_at, expires_at
)"};

inline const db::Query<bool(StoreId, Email)> is_staff_by_email{"catalog.is_staff_by_email", R"(
    select exists (select from store_staff f join users u on u.id = f.user_id where f.store_id = $1 and u.email = $2)
        or exists (select from stores s join users u on u.id = s.owner_id where s.id = $1 and u.email = $2)
)"};

struct OpenInvitation {
    StaffInvitationId id;
    StoreId store_id;
    std::string email;
};
BOOST_DESCRIBE_STRUCT(OpenInvitation, (), (id, store_id, email))

inline const db::Query<OpenInvitation(db::Bytes)> find_invitation{"catalog.find_invitation", R"(
    select i.id, i.store_id, i.email from staff_invitations i join stores s on s.id = i.store_id
     where i.code_hash = $1 and i.expires_at > now() and s.closed_at is null
)"};

// An invitation is used up by whoever deletes it.
inline const db::Query<void(StaffInvitationId)> use_invitation{"catalog.use_invitation", R"(
    delete from staff_invitations where id = $1
)"};

inline const db::Query<void(StoreId, StaffInvitationId)> withdraw_invitation{"catalog.withdraw_invitation", R"(
    delete from staff_invitations where store_id = $1 and id = $2
)"};

inline const db::Query<void(StoreId, UserId)> insert_staff{"catalog.insert_staff", R"(
    insert into store_staff (store_id, user_id) values ($1, $2) on conflict do nothing
)"};

inline const db::Query<void(StoreId, UserId)> delete_staff{"catalog.delete_staff", R"(
    delete from store_staff where store_id = $1 and user_id = $2
)"};

inline const db::Query<bool(UserId)> works_anywhere{"catalog.works_anywhere", R"(
    select exists (select from store_staff where user_id = $1)
)"};

inline const db::Query<StaffMember(StoreId)> list_staff{"catalog.list_staff", R"(
    select u.id as user_id, coalesce(u.profile->>'name', u.email) as name, u.email, f.created_at
      from store_staff f join users u on u.id = f.user_id
     where f.store_id = $1 order by f.created_at, u.id limit 200
)"};

inline const db::Query<StaffInvitation(StoreId)> list_invitations{"catalog.list_invitations", R"(
    select id, email, created_at, expires_at from staff_invitations
     where store_id = $1 and expires_at > now() order by created_at, id limit 200
)"};

}  // namespace liveshop::catalog
