#include "modules/delivery/proof.hpp"

#include "modules/delivery/handlers.hpp"
#include "modules/delivery/moves.hpp"
#include "modules/delivery/proof_store.hpp"
#include "platform/pictures/pictures.hpp"

namespace liveshop::delivery {
namespace {

std::string missing_of(const Delivery& delivery, const ProofState& state) {
    if (delivery.needs_code && !state.code_given) return "The customer's four digits are missing";
    if (delivery.needs_photo && !state.has_photo) return "A photo is missing";
    if (delivery.needs_signature && !state.has_signature) return "A signature is missing";
    return "";
}

}  // namespace

bool is_signature(std::string_view path) {
    return !path.empty() && (path.front() == 'M' || path.front() == 'm') &&
           path.find_first_not_of("MLHVCSQTZmlhvcsqtz0123456789.,- ") == path.npos;
}

awaitable<void> check_code(Ctx& ctx, const CompleteDelivery& in) {
    if (!in.code) co_return;
    const std::optional<CodeState> expected = co_await ctx.tx.find(find_code, in.delivery_id, ctx.user());
    if (!expected) co_return;
    if (expected->is_locked) throw Fail(Errc::code_locked);
    if (expected->dropoff_code == in.code->value) co_return;
    co_await ctx.tx.run(count_wrong_code, in.delivery_id, code_attempts_max, code_lock_s);
    co_await ctx.commit();
    throw Fail(Errc::wrong_code);
}

awaitable<void> keep_proof(Ctx& ctx, const Delivery& delivery, const CompleteDelivery& in) {
    if (in.signature && !is_signature(in.signature->value))
        throw Invalid({{"/signature", "must be the path data of an SVG"}});
    // A code that is here was compared by check_code.
    const bool code_given = delivery.needs_code && in.code;
    if (in.signature || code_given) co_await ctx.tx.run(save_proof, delivery.id, in.signature, code_given);
    const std::optional<ProofState> state = co_await ctx.tx.find(find_proof_state, delivery.id);
    std::string missing = missing_of(delivery, state.value_or(ProofState{}));
    if (!missing.empty()) throw Fail(Errc::proof_required, std::move(missing));
}

// The picture is made anew while no transaction is open. Sent again, because the first answer was lost, it is the same
// picture; after the parcel was handed over the first one stays.
awaitable<ProofState> keep_photo(Ctx& ctx, DeliveryOf in) {
    const DeliveryRecord before = co_await get_record(ctx, in.delivery_id);
    if (before.driver_id != ctx.user()) throw Fail(Errc::not_your_delivery);
    if (!is_carried(before.status) && before.status != DeliveryStatus::delivered) throw Fail(Errc::move_not_allowed);
    co_await ctx.commit();
    auto picture =
        co_await ctx.services.get<pictures::Studio>().develop(std::string(ctx.request->body), photo_edge_px_max);
    if (!picture) throw Fail(PlatformErrc::not_a_picture);
    const DeliveryRecord delivery = co_await lock_own_delivery(ctx, in.delivery_id);
    const db::Bytes photo{std::move(picture->webp)};
    const std::optional<ProofState> state =
        co_await ctx.tx.find(save_photo, in.delivery_id, photo, is_carried(delivery.status));
    if (!state) throw Fail(Errc::proof_kept);
    co_return *state;
}

awaitable<Proof> show_proof(Ctx& ctx, DeliveryOf in) {
    const DeliveryRecord delivery = co_await get_record(ctx, in.delivery_id);
    co_await admit(ctx, delivery);
    const Proof proof = co_await ctx.tx.one(find_proof, in.delivery_id);
    co_return proof;
}

awaitable<File> show_photo(Ctx& ctx, DeliveryOf in) {
    const DeliveryRecord delivery = co_await get_record(ctx, in.delivery_id);
    co_await admit(ctx, delivery);
    std::optional<db::Bytes> photo = co_await ctx.tx.find(find_photo, in.delivery_id);
    if (!photo) throw Fail(Errc::proof_not_found);
    co_return File{std::move(photo->value)};
}

}  // namespace liveshop::delivery
