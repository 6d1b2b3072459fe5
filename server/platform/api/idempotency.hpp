#pragma once
#include <optional>
#include <string>

#include "platform/api/route.hpp"
#include "platform/db/pool.hpp"

namespace liveshop {

/// The answer of a call, whichever door it came through.
struct Reply {
    int status = 200;
    std::string body = {};  ///< JSON, or empty with 204
    std::vector<http::Header> headers = {};
    std::vector<std::string> rooms_joined = {};
    std::vector<std::string> rooms_left = {};
    bool is_final = true;                                ///< false: the same call may succeed when it is tried again
    std::string_view content_type = "application/json";  ///< of an answer that is no refusal

    bool ok() const { return status < 400; }
};

/// One Idempotency-Key of one user. The key is claimed and committed before the work begins, so that of two requests
/// sent at once one works and the other is told to ask again; the answer is kept in the work's own transaction, for a
/// day.
class IdempotentCall {
  public:
    IdempotentCall(db::Pool& pool, TenantId tenant, UserId user, std::string key, const Route& route,
                   const json::value& input);

    /// Nothing if the work is ours to do, else the first answer. Throws idempotency_key_reused where the key came with
    /// another request, idempotency_key_in_use while the first one is still running.
    awaitable<std::optional<Reply>> claim();
    /// Keeps the answer in `tx`, that of the work. Throws idempotency_key_in_use where the claim was taken over
    /// meanwhile: the work must not be committed then.
    awaitable<void> keep(db::Transaction& tx, const Reply& reply);
    /// Keeps a refusal too; but gives the key back where the call may be tried again.
    awaitable<void> keep_refusal(const Reply& reply);

  private:
    db::Pool& pool_;
    TenantId tenant_;
    UserId user_;
    std::string key_;
    std::string route_;
    db::Bytes body_hash_;
    Timestamp claimed_at_;
};

/// Deletes the answers of every tenant that are older than a day.
awaitable<void> forget_old_answers(db::Pool& pool);

inline constexpr std::size_t idempotency_key_length_max = 100;

}  // namespace liveshop
