#pragma once
#include "modules/identity/types.hpp"
#include "platform/db/transaction.hpp"

namespace liveshop::identity {

/// Of those who ask for codes to one address, one at a time: else two at once would both be the last one allowed.
inline const db::Query<int(std::string)> lock_destination{"identity.lock_destination", R"(
    select 1 from pg_advisory_xact_lock(hashtextextended('verification ' || current_setting('app.tenant') || $1, 0))
)"};

/// Nothing where the hour's number is reached, or where there is one of this id already.
inline const db::Query<VerificationId(VerificationId, std::optional<UserId>, VerificationPurpose, std::string,
                                      std::int64_t, std::int64_t)>
    insert_verification{"identity.insert_verification", R"(
    insert into verifications (id, user_id, purpose, destination, expires_at)
    select $1::uuid, $2::uuid, $3::text, $4::text, now() + $5::bigint * interval '1 second'
     where (select count(*) from verifications
             where purpose = $3 and created_at > now() - interval '1 hour' and (destination = $4 or user_id = $2))
           < $6::bigint
    on conflict (id) do nothing returning id
)"};

struct Tried {
    std::optional<UserId> user_id;
    VerificationPurpose purpose = VerificationPurpose::reset_password;
    std::string destination;
    Nonce nonce;
};
BOOST_DESCRIBE_STRUCT(Tried, (), (user_id, purpose, destination, nonce))

/// Takes one of its tries; nothing where it has none left, is used or expired. Two at once take turns.
inline const db::Query<Tried(VerificationId, db::Array<VerificationPurpose>, std::int64_t)> try_verification{
    "identity.try_verification", R"(
    update verifications set attempts = attempts + 1
     where id = $1 and purpose = any($2) and used_at is null and expires_at > now() and attempts < $3::bigint
    returning user_id, purpose, destination, nonce
)"};

/// It and its older sisters: what was sent before must not work after.
inline const db::Query<void(UserId, VerificationPurpose)> use_verifications{"identity.use_verifications", R"(
    update verifications set used_at = now() where user_id = $1 and purpose = $2 and used_at is null
)"};

inline const db::Query<VerificationId(UserId, db::Array<VerificationPurpose>)> find_latest_verification{
    "identity.find_latest_verification", R"(
    select id from verifications
     where user_id = $1 and purpose = any($2) and used_at is null and expires_at > now()
     order by created_at desc limit 1
)"};

struct ToSend {
    UserId user_id;
    std::string name;
    std::string account_email;
    VerificationPurpose purpose = VerificationPurpose::reset_password;
    std::string destination;
    Nonce nonce;
    Timestamp expires_at;
    std::optional<std::string> locale;
};
BOOST_DESCRIBE_STRUCT(ToSend, (), (user_id, name, account_email, purpose, destination, nonce, expires_at, locale))

inline const db::Query<ToSend(VerificationId)> find_to_send{"identity.find_to_send", R"(
    select u.id as user_id, u.profile->>'name' as name, u.email as account_email, v.purpose, v.destination, v.nonce,
           v.expires_at, u.profile->>'locale' as locale
      from verifications v join users u on u.id = v.user_id
     where v.id = $1 and v.used_at is null and v.expires_at > now() and u.deleted_at is null
)"};

inline const db::Query<UserId(Email)> find_user_id_of_email{"identity.find_user_id_of_email", R"(
    select id from users where email = $1 and deleted_at is null
)"};

/// Zero rows where it is not the account's address any more.
inline const db::Query<void(UserId, std::string, UserStatus)> confirm_email{"identity.confirm_email", R"(
    update users set email_verified_at = now(), status = $3, updated_at = now()
     where id = $1 and email = $2 and deleted_at is null
)"};

inline const db::Query<void(UserId, std::string, UserStatus)> change_email_to{"identity.change_email_to", R"(
    update users set email = $2, email_verified_at = now(), status = $3, updated_at = now()
     where id = $1 and deleted_at is null
)"};

inline const db::Query<void(UserId, std::string)> confirm_phone{"identity.confirm_phone", R"(
    update users set phone_verified_at = now(), updated_at = now()
     where id = $1 and phone = $2 and deleted_at is null
)"};

inline const db::Query<void()> delete_old_verifications{"identity.delete_old_verifications", R"(
    delete from verifications where expires_at < now() - interval '1 day'
)"};

}  // namespace liveshop::identity
