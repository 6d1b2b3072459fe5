// Many drivers press everything at random, at once: whatever comes of it, one driver has one parcel, and the money is
// where the table of outcomes says.
#include <random>

#include "modules/delivery/outcomes.hpp"
#include "modules/delivery/tests/courier.hpp"

namespace liveshop::delivery {
namespace {

class Chaos : public Courier {
  protected:
    static constexpr int drivers_count = 6, jobs_count = 5, rounds = 25, calls_at_once = 6;

    std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random); }
    template <class T>
    const T& one_of(const std::vector<T>& list) {
        return list[below(list.size())];
    }

    test::TestCall random_call() {
        const TestUser who = one_of(couriers);
        const std::string delivery = "/deliveries/" + one_of(jobs);
        switch (below(12)) {
            case 0:
            case 1:
                if (const std::string offer = open_offer(who); !offer.empty())
                    return {"POST", "/deliveries/offers/" + offer + "/accept", who, "", ""};
                return {"POST", delivery + "/accept", who, "", ""};
            case 2:
                if (const std::string offer = open_offer(who); !offer.empty())
                    return {"POST", "/deliveries/offers/" + offer + "/decline", who, "", ""};
                return {"POST", delivery + "/accept", who, "", ""};
            case 3:
                return {"POST", delivery + "/accept", who, "", ""};
            case 4:
                return {"POST", delivery + "/cancel", who, "", ""};
            case 5:
                return {"POST", delivery + "/arrive", who, "", ""};
            case 6:
            case 7:
                return {"POST", delivery + "/pickup", who, "", ""};
            case 8:
                return {"POST", delivery + "/complete", who, "", ""};
            case 9:
                return {"POST", delivery + "/fail", who,
                        fmt::format(R"({{"reason": "{}"}})", name_of(failure_table[below(3)].reason)), ""};
            case 10:
                return {"POST", delivery + "/return", who, "", ""};
            default:
                return {"PUT", fmt::format("/stores/{}/orders/{}/status", store.id, order_of(one_of(jobs))),
                        store.owner, R"({"status": "cancelled"})", ""};
        }
    }

    // True at every moment.
    void expect_one_driver_one_parcel() {
        EXPECT_EQ(api.sql("select count(*) from (select driver_id from deliveries where status in ('accepted',"
                          " 'at_pickup', 'picked_up', 'in_transit', 'at_dropoff') or (status = 'failed' and returned_at"
                          " is null) group by driver_id having count(*) > 1) twice"),
                  "0");
        EXPECT_EQ(api.sql("select count(*) from (select delivery_id from delivery_offers where status in ('open')"
                          " group by delivery_id having count(*) > 1) twice"),
                  "0");
        EXPECT_EQ(api.sql("select count(*) from (select driver_id from delivery_offers where status = 'open'"
                          " group by driver_id having count(*) > 1) twice"),
                  "0");
        EXPECT_EQ(api.sql("select count(*) from delivery_offers o join deliveries d on d.id = o.delivery_id"
                          " where o.status = 'open' and d.status <> 'pending'"),
                  "0")
            << "nobody is asked for what somebody has";
        EXPECT_EQ(api.sql("select count(*) from driver_locations l left join deliveries d on d.id ="
                          " l.current_delivery_id where l.current_delivery_id is not null and"
                          " d.driver_id is distinct from l.driver_id"),
                  "0");
    }

    // Once the jobs have run.
    void expect_money_of(const std::string& id) {
        const std::string order_id = order_of(id);
        const std::string status = column(id, "status");
        const std::string kinds =
            api.sql(fmt::format("select coalesce(string_agg(kind, ' ' order by kind), '') from ledger_entries where"
                                " reference_id = '{}'",
                                order_id));
        const std::string refunded = api.sql(fmt::format(
            "select coalesce(sum(amount_minor), 0) from order_refunds where order_id = '{}' and status = 'succeeded'",
            order_id));
        const std::string escrow = balance("order_escrow", order_id);
        if (status == "delivered") {
            EXPECT_EQ(kinds, "capture delivery");
            EXPECT_EQ(refunded + " " + escrow, "0 0");
        } else if (status == "failed") {
            EXPECT_EQ(kinds, "capture failure");
            EXPECT_EQ(refunded + " " + escrow, column(id, "failure_reason") == "damaged" ? "1499 0" : "1000 0");
        } else if (status == "cancelled") {
            EXPECT_EQ(kinds, "");
            EXPECT_EQ(order_column(order_id, "payment_status"), "cancelled");
        } else {
            EXPECT_EQ(refunded, "0");
        }
    }

    std::mt19937 random;
    std::vector<TestUser> couriers;
    std::vector<std::string> jobs;
};

TEST_F(Chaos, WhateverIsPressed) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE(fmt::format("seed {}", seed));
    random.seed(seed);
    for (int i = 0; i < drivers_count; ++i) couriers.push_back(make_driver_at(100 + 100 * i));
    for (int i = 0; i < jobs_count; ++i) jobs.push_back(make_job());
    for (int round = 0; round < rounds; ++round) {
        std::vector<test::TestCall> calls;
        for (int i = 0; i < calls_at_once; ++i) calls.push_back(random_call());
        if (below(3) == 0)
            api.sql("update delivery_offers set expires_at = now() where status = 'open' and random() < 0.5");
        if (below(2) == 0) api.enqueue("delivery.sweep", api.tenant_id());
        for (const http::Response& answer : api.call_all(std::move(calls), 2))
            EXPECT_LT(answer.status, 500) << answer.body;
        expect_one_driver_one_parcel();
    }
    api.run_all_jobs();
    expect_one_driver_one_parcel();
    std::int64_t store_expected = 0, driver_expected = 0;
    for (const std::string& id : jobs) {
        SCOPED_TRACE(id + " " + column(id, "status"));
        expect_money_of(id);
        const std::string status = column(id, "status");
        const bool damaged = column(id, "coalesce(failure_reason, '')") == "damaged";
        if (status == "delivered" || damaged) store_expected += 900;
        if (status == "delivered" || (status == "failed" && !damaged)) driver_expected += 499;
    }
    EXPECT_EQ(balance("store_payable"), std::to_string(store_expected));
    EXPECT_EQ(balance("driver_payable"), std::to_string(driver_expected));
}

}  // namespace
}  // namespace liveshop::delivery
