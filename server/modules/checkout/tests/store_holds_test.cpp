// A store closes for good when nothing that was ordered there is under way.
#include "modules/checkout/store_holds.hpp"

#include <fmt/format.h>

#include "modules/checkout/tests/shop.hpp"

namespace liveshop::checkout {
namespace {

class StoreHolds : public Shop {
  protected:
    StoreHolds() { api.services().add(std::as_const(holds)); }

    const catalog::ClosingHolds holds = store_holds();
};

TEST_F(StoreHolds, AStoreWaitsForItsOrders) {
    const StoreRow store = make_store(), neighbour = make_store();
    const std::string variant = make_variant(store, 1'999, 5);
    const std::string to_cancel = place(buyer, {variant}), to_deliver = make_ready(buyer, store, variant);
    const std::string path = "/stores/" + store.id;

    const http::Response refused = api.del(path, store.owner);
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(code_of(refused), "catalog.store_in_use");
    EXPECT_EQ(json_of(refused).at("detail").as_string(),
              fmt::format("Orders under way: 2, the oldest is {}. Deliver or cancel them.",
                          order_column(to_cancel, "order_number")));
    EXPECT_EQ(api.del("/stores/" + neighbour.id, neighbour.owner).status, 204) << "another one's orders hold nobody";

    EXPECT_EQ(api.post("/orders/" + to_cancel + "/cancel", buyer, "{}").status, 200);
    pick_up(driver, to_deliver);
    EXPECT_EQ(code_of(api.del(path, store.owner)), "catalog.store_in_use") << "on its way";
    api.run_all_jobs();
    deliver(driver, to_deliver, 300);
    api.run_all_jobs();
    EXPECT_EQ(api.del(path, store.owner).status, 204);
    const http::Response too_late = api.post("/orders", buyer, order_body({variant}));
    EXPECT_EQ(code_of(too_late), "checkout.variant_not_for_sale");
    EXPECT_EQ(api.get("/orders/" + to_deliver, buyer).status, 200) << "what was sold stays on record";
}

}  // namespace
}  // namespace liveshop::checkout
