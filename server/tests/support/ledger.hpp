#pragma once
#include <gtest/gtest.h>

#include "tests/support/test_database.hpp"

namespace liveshop::test {

/// The books of every tenant sum to zero in every currency, and so does each entry.
inline void expect_ledger_balanced(const TestDatabase& database) {
    EXPECT_EQ(database.execute("select string_agg(tenant_id || ' ' || currency || ' ' || balance, ', ') from ("
                               "  select tenant_id, currency, sum(amount_minor) as balance from ledger_postings"
                               "   group by tenant_id, currency) sums where balance <> 0"),
              "");
    EXPECT_EQ(database.execute("select string_agg(entry_id || ' ' || balance, ', ') from ("
                               "  select entry_id, sum(amount_minor) as balance from ledger_postings"
                               "   group by entry_id) sums where balance <> 0"),
              "");
}

}  // namespace liveshop::test
