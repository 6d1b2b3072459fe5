#pragma once
#include "modules/ledger/types.hpp"
#include "platform/db/query.hpp"

namespace liveshop::ledger {

// Of a store, or of the tenant where none is named: the narrowest that says something.
inline const db::Query<Terms(TenantId, std::optional<catalog::StoreId>)> find_terms{"ledger.find_terms", R"(
    select coalesce(s.commission_rate_bp, t.commission_rate_bp, (tenants.settings->>'commission_rate_bp')::bigint,
                    1000)::bigint as commission_rate_bp,
           coalesce(s.driver_share_bp, t.driver_share_bp, (tenants.settings->>'driver_share_bp')::bigint,
                    10000)::bigint as driver_share_bp,
           coalesce(s.delivery_fee_model, t.delivery_fee_model, 'flat') as delivery_fee_model,
           coalesce(s.delivery_base_minor, t.delivery_base_minor, 0) as delivery_base_minor,
           coalesce(s.delivery_per_km_minor, t.delivery_per_km_minor, 0) as delivery_per_km_minor
      from tenants
      left join terms t on t.tenant_id = tenants.id and t.store_id is null
      left join terms s on s.tenant_id = tenants.id and s.store_id = $2::uuid
     where tenants.id = $1
)"};

// Members left out of the change are null and leave the column alone.
inline const db::Query<void(std::optional<catalog::StoreId>, TermsChange)> save_terms{"ledger.save_terms", R"(
    insert into terms (store_id, commission_rate_bp, driver_share_bp, delivery_fee_model, delivery_base_minor,
                       delivery_per_km_minor)
    select $1::uuid, c.commission_rate_bp, c.driver_share_bp, c.delivery_fee_model, c.delivery_base_minor,
           c.delivery_per_km_minor
      from jsonb_to_record($2::jsonb) as c(commission_rate_bp int, driver_share_bp int, delivery_fee_model text,
                                           delivery_base_minor bigint, delivery_per_km_minor bigint)
    on conflict (tenant_id, store_id) do update
       set commission_rate_bp = coalesce(excluded.commission_rate_bp, terms.commission_rate_bp),
           driver_share_bp = coalesce(excluded.driver_share_bp, terms.driver_share_bp),
           delivery_fee_model = coalesce(excluded.delivery_fee_model, terms.delivery_fee_model),
           delivery_base_minor = coalesce(excluded.delivery_base_minor, terms.delivery_base_minor),
           delivery_per_km_minor = coalesce(excluded.delivery_per_km_minor, terms.delivery_per_km_minor),
           updated_at = now()
)"};

inline const db::Query<void(catalog::StoreId)> delete_store_terms{"ledger.delete_store_terms", R"(
    delete from terms where store_id = $1
)"};

}  // namespace liveshop::ledger
