#pragma once
#include "modules/identity/requests.hpp"
#include "platform/context.hpp"

namespace liveshop::identity {

/// The code of a verification. It is derived, so that it need not be written anywhere: eight characters for what comes
/// by e-mail, six digits for a phone.
std::string derive_code(const Secret& secret, VerificationId id, Nonce nonce, VerificationPurpose purpose);
/// "abcd efgh" as it was sent, "ABCDEFGH": without blanks and dashes, and what looks alike taken for the same.
std::string plain_code(std::string_view typed);

/// Asks for a code to be sent to `destination`, and tells whoever sends it. Without a user it is the same, but nobody
/// is told. Nothing where five were asked for within the hour, for this user or to this address.
awaitable<std::optional<CodeRequested>> request_code(Ctx& ctx, VerificationId id, std::optional<UserId> user_id,
                                                     VerificationPurpose purpose, std::string destination);

/// What a right code proves.
struct Proven {
    UserId user_id;
    VerificationPurpose purpose = VerificationPurpose::reset_password;
    std::string destination;
};

/// Tries a code, once. A wrong try is committed before code_invalid is thrown, which says nothing more.
awaitable<Proven> prove(Ctx& ctx, VerificationId id, std::vector<VerificationPurpose> purposes, TypedCode code);

}  // namespace liveshop::identity
