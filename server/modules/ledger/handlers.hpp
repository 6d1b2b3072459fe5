#pragma once
// The handlers behind routes.cpp, by subject.
#include "modules/ledger/types.hpp"
#include "platform/context.hpp"

namespace liveshop::ledger {

// statements.cpp
awaitable<Statement> get_balance(Ctx& ctx);
awaitable<Earnings> get_earnings(Ctx& ctx, EarningsQuery in);

// terms.cpp
awaitable<Terms> show_tenant_terms(Ctx& ctx);
awaitable<Terms> change_tenant_terms(Ctx& ctx, TermsChange in);
awaitable<Terms> show_store_terms(Ctx& ctx, TermsOf in);
awaitable<Terms> change_store_terms(Ctx& ctx, StoreTermsChange in);
awaitable<Terms> drop_store_terms(Ctx& ctx, TermsOf in);

}  // namespace liveshop::ledger
