#include "modules/identity/verification.hpp"

#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

#include "modules/identity/api.hpp"
#include "modules/identity/rules.hpp"
#include "modules/identity/verification_store.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::identity {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford's: no I, L, O, U

bool same(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string_view page_of(VerificationPurpose purpose) {
    switch (purpose) {
        case VerificationPurpose::reset_password:
            return "/reset-password";
        case VerificationPurpose::verify_phone:
            return "/verify-phone";
        case VerificationPurpose::verify_email:
        case VerificationPurpose::change_email:
            break;
    }
    return "/verify-email";
}

}  // namespace

std::string derive_code(const Secret& secret, VerificationId id, Nonce nonce, VerificationPurpose purpose) {
    const std::string message = fmt::format("verification code {} {}", id.to_string(), nonce.to_string());
    std::array<std::uint8_t, 32> bytes;
    unsigned size = 0;
    const std::string& key = secret.reveal();
    if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
              reinterpret_cast<const unsigned char*>(message.data()), message.size(), bytes.data(), &size))
        throw std::runtime_error("a code could not be derived");
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8 | bytes[i];
    if (purpose == VerificationPurpose::verify_phone) return fmt::format("{:06}", number % 1'000'000);
    std::string code;
    for (int i = 0; i < 8; ++i, number >>= 5) code += alphabet[number & 31];
    return code;
}

std::string plain_code(std::string_view typed) {
    std::string code;
    for (char c : typed) {
        if (c == ' ' || c == '-') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        code += c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    }
    return code;
}

awaitable<std::optional<CodeRequested>> request_code(Ctx& ctx, VerificationId id, std::optional<UserId> user_id,
                                                     VerificationPurpose purpose, std::string destination) {
    const std::int64_t ttl_s = code_ttl_s(purpose);
    co_await ctx.tx.one(lock_destination, destination);
    const std::optional<VerificationId> written =
        co_await ctx.tx.find(insert_verification, id, user_id, purpose, destination, ttl_s, codes_per_hour_max);
    if (!written) co_return std::nullopt;
    if (user_id) co_await jobs::publish(ctx, "identity.verification_requested", VerificationRequested{id});
    co_return CodeRequested{id, ttl_s};
}

awaitable<Proven> prove(Ctx& ctx, VerificationId id, std::vector<VerificationPurpose> purposes, TypedCode code) {
    const db::Array<VerificationPurpose> fitting{std::move(purposes)};
    const std::optional<Tried> tried = co_await ctx.tx.find(try_verification, id, fitting, code_attempts_max);
    const Secret& secret = ctx.services.get<const Settings>().token_secret;
    const bool matches = tried && same(derive_code(secret, id, tried->nonce, tried->purpose), plain_code(code.value));
    if (!matches || !tried->user_id) {
        co_await ctx.commit();  // the try counts
        throw Fail(Errc::code_invalid);
    }
    co_await ctx.tx.run(use_verifications, *tried->user_id, tried->purpose);
    co_return Proven{*tried->user_id, tried->purpose, tried->destination};
}

awaitable<std::optional<CodeToSend>> code_of(Ctx& ctx, VerificationId verification_id) {
    const std::optional<ToSend> row = co_await ctx.tx.find(find_to_send, verification_id);
    if (!row) co_return std::nullopt;
    CodeToSend out{
        .user_id = row->user_id,
        .name = row->name,
        .account_email = row->account_email,
        .purpose = row->purpose,
        .destination = row->destination,
        .code = derive_code(ctx.services.get<const Settings>().token_secret, verification_id, row->nonce, row->purpose),
        .path = {},
        .expires_at = row->expires_at,
        .locale = row->locale};
    out.path =
        fmt::format("{}#verification_id={}&code={}", page_of(row->purpose), verification_id.to_string(), out.code);
    co_return out;
}

}  // namespace liveshop::identity
