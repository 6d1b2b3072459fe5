// What happens to a store's streams when it closes for good.
#include "modules/live/store_holds.hpp"
#include "modules/live/tests/studio.hpp"

namespace liveshop::live {
namespace {

using ::testing::SizeIs;

class StoreClosing : public Studio {
  protected:
    StoreClosing() { api.services().add(std::as_const(holds)); }

    const catalog::ClosingHolds holds = store_holds();
};

TEST_F(StoreClosing, WaitsForTheStreamThatIsLive) {
    const std::string id = go_live(), path = "/stores/" + store_id;
    const http::Response refused = api.del(path, owner);
    EXPECT_EQ(code_of(refused), "catalog.store_in_use");
    EXPECT_EQ(json_of(refused).at("detail").as_string(), "The stream Mugs live is live: end it first.");
    EXPECT_EQ(step(owner, id, "end").status, 200);
    EXPECT_EQ(api.del(path, owner).status, 204);
}

TEST_F(StoreClosing, CallsOffWhatWasPlanned) {
    const std::string planned = plan(), another = plan(), over = plan();
    EXPECT_EQ(step(owner, over, "cancel").status, 200);
    EXPECT_EQ(api.del("/stores/" + store_id, owner).status, 204);
    EXPECT_EQ(code_of(step(owner, planned, "start")), "catalog.store_closed_down") << "at once, before any job ran";
    EXPECT_EQ(
        code_of(api.post("/streams", owner, fmt::format(R"({{"store_id": "{}", "title": "One more"}})", store_id))),
        "catalog.store_closed_down");
    api.emissions().clear();
    EXPECT_GE(api.run_jobs(), 1);
    for (const std::string& id : {planned, another}) EXPECT_EQ(column(id, "status"), "cancelled");
    EXPECT_THAT(told("stream:cancel"), SizeIs(2));
}

}  // namespace
}  // namespace liveshop::live
