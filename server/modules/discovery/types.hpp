#pragma once
// What is shown to somebody who asked for nothing.
#include "modules/catalog/types.hpp"
#include "modules/live/types.hpp"

namespace liveshop::discovery {

/// Why a product is shown.
enum class Reason { viewed, followed, bought_there, viewed_there, popular, newest };
BOOST_DESCRIBE_ENUM(Reason, viewed, followed, bought_there, viewed_there, popular, newest)

struct RecommendProducts {                     // GET /products/recommended
    std::optional<Int<1, 60>> limit;           ///< 24 if left out
    std::optional<catalog::ProductId> beside;  ///< of a product's page: without that one
};
BOOST_DESCRIBE_STRUCT(RecommendProducts, (), (limit, beside))

struct Recommendation {
    Reason reason = Reason::newest;
    catalog::Product product;
};
BOOST_DESCRIBE_STRUCT(Recommendation, (), (reason, product))

struct Recommendations {
    std::vector<Recommendation> recommendations;  ///< the best first
};
BOOST_DESCRIBE_STRUCT(Recommendations, (), (recommendations))

struct Home {                                     // GET /home
    std::vector<live::Stream> live;               ///< on now: of stores one follows, then the most watched
    std::vector<live::Stream> coming;             ///< announced: of stores one follows, then the next to begin
    std::vector<Recommendation> recommendations;  ///< products
};
BOOST_DESCRIBE_STRUCT(Home, (), (live, coming, recommendations))

struct ViewProduct {  // POST /products/{product_id}/views
    catalog::ProductId product_id;
};
BOOST_DESCRIBE_STRUCT(ViewProduct, (), (product_id))

}  // namespace liveshop::discovery
