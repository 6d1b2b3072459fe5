#pragma once
#include "modules/delivery/after_requests.hpp"
#include "platform/db/query.hpp"

namespace liveshop::delivery {

/// What a code is compared with.
struct CodeState {
    std::string dropoff_code;
    bool is_locked = false;
};
BOOST_DESCRIBE_STRUCT(CodeState, (), (dropoff_code, is_locked))

inline const db::Query<CodeState(DeliveryId, UserId)> find_code{"delivery.find_code", R"(
    select coalesce(dropoff_code, '') as dropoff_code, coalesce(code_locked_until > now(), false) as is_locked
      from deliveries
     where id = $1 and driver_id = $2 and needs_code and status in ('picked_up', 'in_transit', 'at_dropoff')
)"};

inline const db::Query<void(DeliveryId, int, int)> count_wrong_code{"delivery.count_wrong_code", R"(
    update deliveries
       set code_attempts = (code_attempts + 1) % $2::int,
           code_locked_until = case when code_attempts + 1 >= $2::int then now() + $3::int * interval '1 second'
                                    else code_locked_until end
     where id = $1
)"};

inline const db::Query<ProofState(DeliveryId)> find_proof_state{"delivery.find_proof_state", R"(
    select photo is not null as has_photo, signature is not null as has_signature, code_given
      from delivery_proofs where delivery_id = $1
)"};

// Of a delivery that has ended what is missing may still come; what is there stays.
inline const db::Query<ProofState(DeliveryId, db::Bytes, bool)> save_photo{"delivery.save_photo", R"(
    insert into delivery_proofs as p (delivery_id, photo) values ($1, $2)
    on conflict (tenant_id, delivery_id) do update set photo = excluded.photo, updated_at = now()
     where p.photo is null or $3
    returning photo is not null as has_photo, signature is not null as has_signature, code_given
)"};

inline const db::Query<void(DeliveryId, std::optional<SignaturePath>, bool)> save_proof{"delivery.save_proof", R"(
    insert into delivery_proofs as p (delivery_id, signature, code_given) values ($1, $2, $3)
    on conflict (tenant_id, delivery_id) do update
       set signature = coalesce(excluded.signature, p.signature), code_given = p.code_given or excluded.code_given,
           updated_at = now()
)"};

inline const db::Query<Proof(DeliveryId)> find_proof{"delivery.find_proof", R"(
    select p.photo is not null as has_photo, p.signature, coalesce(p.code_given, false) as code_given,
           d.proof_of_delivery->>'note' as note, d.failure_note
      from deliveries d left join delivery_proofs p on p.tenant_id = d.tenant_id and p.delivery_id = d.id
     where d.id = $1
)"};

inline const db::Query<db::Bytes(DeliveryId)> find_photo{"delivery.find_photo", R"(
    select coalesce(photo, '') from delivery_proofs where delivery_id = $1 and photo is not null
)"};

}  // namespace liveshop::delivery
