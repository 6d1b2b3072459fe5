#pragma once
// What a transaction is begun and ended with.
#include "platform/db/connection.hpp"

namespace liveshop::db {

inline const Query<void()> begin_transaction{"db.begin", "begin"};
inline const Query<void()> commit_transaction{"db.commit", "commit"};
inline const Query<void()> rollback_transaction{"db.rollback", "rollback"};
// Local to the transaction: the next one on this connection starts without a tenant.
inline const Query<void(std::string)> set_tenant{"db.set_tenant", "select set_config('app.tenant', $1, true)"};
inline const Query<int()> ping_query{"db.ping", "select 1"};

inline Statement set_tenant_statement(TenantId tenant) {
    return {&set_tenant.info(), Arguments::of(tenant.to_string()), nullptr};
}

}  // namespace liveshop::db
