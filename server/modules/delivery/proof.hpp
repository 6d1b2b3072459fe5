#pragma once
// What shows that a parcel was handed over.
#include "modules/delivery/after_requests.hpp"
#include "platform/context.hpp"

namespace liveshop::delivery {

inline constexpr int photo_edge_px_max = 1600;
inline constexpr int code_attempts_max = 5;
inline constexpr int code_lock_s = 600;

/// Whether it is path data and nothing else: what others' browsers will draw.
bool is_signature(std::string_view path);

/// Counts a wrong code, also though the call is refused for it; with the fifth none is taken for a while. To be called
/// before anything is written. Throws wrong_code, code_locked.
awaitable<void> check_code(Ctx& ctx, const CompleteDelivery& in);

/// Keeps the signature and that the code was given. Throws proof_required while something that the store asks for is
/// missing, and Invalid for a signature that is none.
awaitable<void> keep_proof(Ctx& ctx, const Delivery& delivery, const CompleteDelivery& in);

}  // namespace liveshop::delivery
