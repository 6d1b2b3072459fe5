#pragma once
#include "modules/identity/types.hpp"
#include "platform/db/transaction.hpp"

namespace liveshop::identity {

/// Nothing that names the person stays. The role does, for what the account did in it.
inline const db::Query<void(UserId, std::string)> anonymise_user{"identity.anonymise_user", R"(
    update users set email = $2, phone = null, password_hash = null, profile = '{"name": "Deleted account"}',
                     kyc_data = '{}', status = 'suspended', email_verified_at = null, phone_verified_at = null,
                     deleted_at = now(), updated_at = now()
     where id = $1 and deleted_at is null
)"};
inline const db::Query<void(UserId)> delete_addresses{"identity.delete_addresses", R"(
    delete from addresses where user_id = $1
)"};
inline const db::Query<void(UserId)> delete_verifications{"identity.delete_verifications", R"(
    delete from verifications where user_id = $1
)"};
inline const db::Query<void(UserId)> delete_kyc_documents{"identity.delete_kyc_documents", R"(
    delete from kyc_documents where user_id = $1
)"};
inline const db::Query<void(UserId)> delete_kyc_submissions{"identity.delete_kyc_submissions", R"(
    delete from kyc_submissions where user_id = $1
)"};
/// The sessions stay until their access tokens are past, so that those are refused.
inline const db::Query<void(UserId)> forget_devices{"identity.forget_devices", R"(
    update sessions set user_agent = '' where user_id = $1
)"};
inline const db::Query<void(UserId)> delete_refresh_tokens{"identity.delete_refresh_tokens", R"(
    delete from refresh_tokens t using sessions s where s.id = t.session_id and s.user_id = $1
)"};

}  // namespace liveshop::identity
