#pragma once
#include "modules/identity/requests.hpp"
#include "platform/db/transaction.hpp"

namespace liveshop::identity {

/// users.profile.
struct Profile {
    std::string name;
    std::optional<std::string> avatar_url = {};
    std::optional<std::string> locale = {};
    std::optional<Preferences> preferences = {};
};
BOOST_DESCRIBE_STRUCT(Profile, (), (name, avatar_url, locale, preferences))

inline const std::string user_columns =
    "u.id, u.email, u.phone, u.profile->>'name' as name, u.profile->>'avatar_url' as avatar_url, u.role, u.status,"
    " u.kyc_status, u.created_at, u.email_verified_at is not null as is_email_verified,"
    " u.phone_verified_at is not null as is_phone_verified, u.profile->>'locale' as locale,"
    " u.profile->'preferences' as preferences";

inline const db::Query<User(UserId, Email, std::optional<std::string>, std::string, Role, UserStatus, Profile)>
    insert_user{"identity.insert_user", R"(
    insert into users as u (id, email, phone, password_hash, role, status, profile)
    values ($1, $2, $3, $4, $5, $6, $7) returning )" +
                                            user_columns};

inline const db::Query<User(UserId)> find_user{
    "identity.find_user", "select " + user_columns + " from users u where u.id = $1 and u.deleted_at is null"};

/// Others who change the same account wait.
inline const db::Query<User(UserId)> lock_user{
    "identity.lock_user",
    "select " + user_columns + " from users u where u.id = $1 and u.deleted_at is null for no key update"};

struct Credentials {
    UserId id;
    std::optional<std::string> password_hash;
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (id, password_hash))

inline const db::Query<Credentials(Email)> find_credentials{"identity.find_credentials", R"(
    select id, password_hash from users where email = $1 and deleted_at is null
)"};

inline const db::Query<std::optional<std::string>(UserId)> find_password_hash{"identity.find_password_hash", R"(
    select password_hash from users where id = $1 and deleted_at is null
)"};

/// `phone`: empty takes it away; a changed one is to be confirmed anew.
inline const db::Query<User(UserId, std::optional<PersonName>, std::optional<std::string>, std::optional<std::string>,
                            std::optional<Preferences>)>
    update_user{"identity.update_user", R"(
    update users u
       set profile = profile || jsonb_strip_nulls(jsonb_build_object('name', $2::text, 'locale', $4::text))
                             || case when $5::jsonb is null then '{}' else jsonb_build_object('preferences', $5::jsonb) end,
           phone_verified_at = case when $3::text is null or $3::text is not distinct from phone
                                    then phone_verified_at end,
           phone = nullif(coalesce($3::text, phone), ''), updated_at = now()
     where id = $1 and deleted_at is null returning )" +
                                            user_columns};

struct OldAvatar {
    std::optional<std::string> avatar_url;
    bool is_used_by_others = false;
};
BOOST_DESCRIBE_STRUCT(OldAvatar, (), (avatar_url, is_used_by_others))

// The same picture has the same address, whoever sent it.
inline const db::Query<OldAvatar(UserId)> find_avatar{"identity.find_avatar", R"(
    select u.profile->>'avatar_url' as avatar_url,
           exists (select from users o where o.id <> u.id and o.profile->>'avatar_url' = u.profile->>'avatar_url')
               as is_used_by_others
      from users u where u.id = $1
)"};

inline const db::Query<User(UserId, std::optional<std::string>)> update_avatar{"identity.update_avatar", R"(
    update users u set profile = case when $2::text is null then profile - 'avatar_url'
                                      else jsonb_set(profile, '{avatar_url}', to_jsonb($2::text)) end,
                       updated_at = now()
     where id = $1 and deleted_at is null returning )" + user_columns};

inline const db::Query<void(UserId, std::string)> update_password{"identity.update_password", R"(
    update users set password_hash = $2, updated_at = now() where id = $1 and deleted_at is null
)"};

inline const db::Query<void(UserId, UserStatus)> update_status{"identity.update_status", R"(
    update users set status = $2, updated_at = now() where id = $1
)"};

inline const db::Query<SessionId(UserId, std::string)> insert_session{"identity.insert_session", R"(
    insert into sessions (user_id, user_agent) values ($1, $2) returning id
)"};

inline const db::Query<void(SessionId)> touch_session{"identity.touch_session", R"(
    update sessions set last_used_at = now() where id = $1
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

/// Of a user: all of them, or all but one.
inline const db::Query<void(UserId, std::optional<SessionId>)> end_sessions{"identity.end_sessions", R"(
    update sessions set ended_at = now() where user_id = $1 and ended_at is null and id is distinct from $2
)"};

inline const db::Query<void(UserId, SessionId)> end_session_of{"identity.end_session_of", R"(
    update sessions set ended_at = now() where user_id = $1 and id = $2 and ended_at is null
)"};

// One without a token that can still be used is over, though nobody ended it.
inline const db::Query<Device(UserId, std::optional<SessionId>)> list_sessions{"identity.list_sessions", R"(
    select s.id, s.user_agent, s.created_at, s.last_used_at, s.id is not distinct from $2 as is_current
      from sessions s
     where s.user_id = $1 and s.ended_at is null
       and exists (select from refresh_tokens t where t.session_id = s.id and t.expires_at > now())
     order by s.last_used_at desc limit 100
)"};

inline const db::Query<void()> delete_expired_tokens{"identity.delete_expired_tokens", R"(
    delete from refresh_tokens where expires_at < now() - interval '1 day'
)"};

}  // namespace liveshop::identity
