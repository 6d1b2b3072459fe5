#pragma once
#include "modules/analytics/types.hpp"

namespace liveshop::analytics {

struct AnalyticsQuery {  // GET /stores/{store_id}/analytics
    catalog::StoreId store_id;
    std::optional<Timestamp> from;   ///< 30 days before `until` where it is not said
    std::optional<Timestamp> until;  ///< left out itself; now where it is not said
};
BOOST_DESCRIBE_STRUCT(AnalyticsQuery, (), (store_id, from, until))

}  // namespace liveshop::analytics
