#include <fmt/format.h>

#include "modules/checkout/tests/shop.hpp"

namespace liveshop::checkout {
namespace {

class Fulfilment : public Shop {
  protected:
    Fulfilment() : store(make_store("USD", 499)), mug(make_variant(store, 1'000, 10)) {}

    std::string balance_of(std::string_view account, const std::string& owner_id) {
        return api.sql(
            fmt::format("select coalesce(-sum(amount_minor), 0) from ledger_postings"
                        " where account = '{}' and owner_id = '{}'",
                        account, owner_id));
    }
    std::string platform_balance() {
        return api.sql(
            "select coalesce(-sum(amount_minor), 0) from ledger_postings"
            " where account = 'platform_commission'");
    }
    std::string cancel(const std::string& order_id, TestUser who) {
        const http::Response response = api.post("/orders/" + order_id + "/cancel", who, "");
        return response.status == 200 ? "cancelled" : code_of(response);
    }

    StoreRow store;
    std::string mug;
};

TEST_F(Fulfilment, TheMoneyOfADeliveryIsDividedToTheCent) {
    api.sql("update tenants set settings = '{\"tax_rate_bp\": 825, \"commission_rate_bp\": 1000}'");
    const std::string order_id = make_ready(buyer, store, mug, 3);
    pick_up(driver, order_id);
    EXPECT_EQ(order_column(order_id, "payment_status"), "authorized") << "captured by the job";
    api.run_all_jobs();
    EXPECT_EQ(order_column(order_id, "payment_status"), "captured");
    EXPECT_EQ(balance_of("order_escrow", order_id), "3447");  // 3,000 + 247.50 tax + 499 - 300 commission
    EXPECT_EQ(platform_balance(), "300");
    deliver(driver, order_id, 400);
    EXPECT_EQ(balance_of("order_escrow", order_id), "0");
    EXPECT_EQ(balance_of("store_payable", store.id), "2948");  // 3,000 + 248 - 300
    EXPECT_EQ(balance_of("driver_payable", driver.id.to_string()), "400");
    EXPECT_EQ(platform_balance(), "399");
    EXPECT_EQ(order_column(order_id, "fulfillment_status"), "fulfilled");

    const json::value mine = json_of(api.get("/me/balance", driver));
    EXPECT_EQ(mine.at("balances").at(0).at("amount_minor").as_int64(), 400);
    EXPECT_EQ(mine.at("entries").as_array().size(), 1U);
    const json::value stores = json_of(api.get("/me/balance", store.owner));
    EXPECT_EQ(stores.at("balances").at(0).at("amount_minor").as_int64(), 2'948);
    EXPECT_EQ(json_of(api.get("/me/balance", make_store().owner)).at("balances").as_array().size(), 0U);
    EXPECT_EQ(api.get("/me/balance", buyer).status, 403);
}

TEST_F(Fulfilment, TheStoreMovesItsOrdersByTheTable) {
    const std::string order_id = place(buyer, {mug});
    EXPECT_EQ(code_of(move(store, order_id, "confirmed")), "checkout.order_not_paid");
    check_out(buyer, {order_id}, visa);
    EXPECT_EQ(code_of(move(store, order_id, "ready")), "checkout.move_not_allowed");
    EXPECT_EQ(code_of(move(store, order_id, "delivered")), "checkout.move_not_allowed");
    EXPECT_EQ(code_of(move(store, order_id, "sold")), "invalid");
    EXPECT_EQ(move(store, order_id, "confirmed").status, 200);
    EXPECT_EQ(code_of(move(store, order_id, "confirmed")), "checkout.move_not_allowed");
    EXPECT_EQ(cancel(order_id, buyer), "checkout.order_closed") << "the store has it";
    EXPECT_EQ(move(store, order_id, "preparing").status, 200);
    const json::value ready = json_of(move(store, order_id, "ready"));
    EXPECT_EQ(ready.at("status").as_string(), "ready");
    EXPECT_EQ(ready.at("timeline").as_array().size(), 5U) << "placed, paid, confirmed, preparing, ready";
}

TEST_F(Fulfilment, ACaptureWhoseAnswerWasLostIsNotRepeated) {
    const std::string order_id = make_ready(buyer, store, mug);
    pick_up(driver, order_id);
    order_fault("timeout");
    api.run_jobs();
    EXPECT_EQ(order_column(order_id, "payment_status"), "authorized");
    EXPECT_EQ(intents(), (std::map<std::string, int>{{"succeeded", 1}})) << "carried out all the same";
    api.run_all_jobs();
    EXPECT_EQ(order_column(order_id, "payment_status"), "captured");
    // The job once more, as after a crash behind its last step.
    api.enqueue("checkout.capture", api.tenant_id(), fmt::format(R"({{"order_id": "{}"}})", order_id));
    api.run_all_jobs();
    EXPECT_EQ(api.sql("select count(*) from ledger_entries where kind = 'capture'"), "1");
    EXPECT_EQ(api.sql("select sum(amount_minor) from ledger_postings where account = 'provider_clearing'"), "1499");
}

TEST_F(Fulfilment, APickUpIsOnce) {
    const std::string order_id = make_ready(buyer, store, mug);
    pick_up(driver, order_id);
    EXPECT_THROW(pick_up(driver, order_id), Fail);
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'checkout.capture'"), "1");
    const std::string not_ready = place(buyer, {mug});
    EXPECT_THROW(pick_up(driver, not_ready), Fail);
}

TEST_F(Fulfilment, SettlementWaitsForTheCapture) {
    const std::string order_id = make_ready(buyer, store, mug);
    order_fault("429", 2);
    pick_up(driver, order_id);
    deliver(driver, order_id, 499);
    api.run_jobs();
    EXPECT_EQ(api.sql("select count(*) from ledger_entries"), "0");
    api.run_all_jobs();
    EXPECT_EQ(balance_of("store_payable", store.id), "900");
    EXPECT_EQ(balance_of("driver_payable", driver.id.to_string()), "499");
    EXPECT_EQ(balance_of("order_escrow", order_id), "0");
    EXPECT_EQ(platform_balance(), "100");
}

TEST_F(Fulfilment, AnAuthorizationThatEndedIsTold) {
    const std::string order_id = make_ready(buyer, store, mug);
    const std::string payment_id = api.sql("select id from payments");
    api.enqueue("checkout.void_payment", api.tenant_id(), fmt::format(R"({{"payment_id": "{}"}})", payment_id));
    api.run_jobs();  // the provider has let the money go behind our back
    pick_up(driver, order_id);
    api.run_all_jobs();
    EXPECT_EQ(order_column(order_id, "payment_status"), "failed");
    EXPECT_EQ(order_column(order_id, "status"), "picked_up");
    EXPECT_EQ(api.sql("select count(*) from ledger_entries"), "0");
}

TEST_F(Fulfilment, ACancelledOrderReleasesMoneyAndStockOnce) {
    const std::string order_id = place(buyer, {mug}, 2);
    check_out(buyer, {order_id}, visa);
    EXPECT_EQ(stock_of(mug), 8);
    EXPECT_EQ(cancel(order_id, buyer), "cancelled");
    EXPECT_EQ(cancel(order_id, buyer), "checkout.order_closed");
    EXPECT_EQ(stock_of(mug), 10);
    EXPECT_EQ(order_column(order_id, "payment_status"), "cancelled");
    api.run_all_jobs();
    EXPECT_EQ(intents(), (std::map<std::string, int>{{"canceled", 1}}));
    EXPECT_EQ(api.sql("select count(*) from payments where voided_at is not null"), "1");
}

TEST_F(Fulfilment, TheStoreMayCancelUntilPickUp) {
    const std::string order_id = make_ready(buyer, store, mug);
    EXPECT_EQ(move(store, order_id, "cancelled").status, 200);
    EXPECT_EQ(stock_of(mug), 10);
    EXPECT_THROW(pick_up(driver, order_id), Fail);
    const std::string on_its_way = make_ready(buyer, store, mug);
    pick_up(driver, on_its_way);
    EXPECT_EQ(code_of(move(store, on_its_way, "cancelled")), "checkout.move_not_allowed");
    api.run_all_jobs();
    EXPECT_EQ(intents(), (std::map<std::string, int>{{"canceled", 1}, {"succeeded", 1}}));
}

// Whichever comes first: paid and kept, or cancelled and released. Never paid and cancelled.
TEST_F(Fulfilment, CancellingRacesPaying) {
    for (int round = 0; round < 6; ++round) {
        const std::string order_id = place(buyer, {mug});
        const std::int64_t left = stock_of(mug);
        const test::TestCall pay{"POST", "/checkout", buyer, checkout_body({order_id}, visa), ""};
        const test::TestCall cancel{"POST", "/orders/" + order_id + "/cancel", buyer, "", ""};
        const auto calls = round % 2 ? std::vector{pay, cancel, cancel} : std::vector{cancel, pay, cancel};
        api.call_all(calls);
        api.run_all_jobs();
        const std::string status = order_column(order_id, "status");
        const std::string payment = order_column(order_id, "payment_status");
        if (status == "cancelled") {
            EXPECT_THAT(payment, ::testing::AnyOf("pending", "cancelled"));
            EXPECT_EQ(stock_of(mug), left + 1);
        } else {
            EXPECT_EQ(payment, "authorized");
            EXPECT_EQ(stock_of(mug), left);
        }
    }
    EXPECT_EQ(api.sql("select count(*) from payments p join orders o on o.id = p.order_id"
                      " where o.status = 'cancelled' and p.status = 'requires_capture'"),
              "0");
    EXPECT_EQ(std::to_string(intents()["requires_capture"]),
              api.sql("select count(*) from orders where payment_status = 'authorized'"));
}

TEST_F(Fulfilment, ExpiredHoldsReturnTheirStockOnce) {
    std::vector<std::string> order_ids;
    for (int i = 0; i < 4; ++i) order_ids.push_back(place(buyer, {mug}));
    const http::Response asked = check_out(buyer, {order_ids[0]}, with_question);
    check_out(buyer, {order_ids[1]}, declined);
    check_out(buyer, {order_ids[2]}, visa);
    EXPECT_EQ(stock_of(mug), 6);
    expire_holds();
    for (int i = 0; i < 4; ++i) api.enqueue("checkout.expire_holds", api.tenant_id());
    // Several workers, and a customer who gives up, at once.
    std::vector<test::TestCall> calls;
    for (const std::string& id : order_ids) calls.push_back({"POST", "/orders/" + id + "/cancel", other_buyer, "", ""});
    calls.push_back({"POST", "/orders/" + order_ids[3] + "/cancel", buyer, "", ""});
    api.call_all(std::move(calls), 4);
    EXPECT_EQ(stock_of(mug), 9) << "all but the paid one's";
    EXPECT_EQ(order_column(order_ids[2], "status"), "pending");
    for (const int i : {0, 1, 3})
        EXPECT_EQ(order_column(order_ids[static_cast<std::size_t>(i)], "status"), "cancelled");
    api.run_all_jobs();
    EXPECT_EQ(stock_of(mug), 9);
    EXPECT_EQ(intents(), (std::map<std::string, int>{{"canceled", 2}, {"requires_capture", 1}}));
}

TEST_F(Fulfilment, ViewersSeeThatSomebodyBought) {
    const std::string stream_id =
        api.sql(fmt::format("insert into live_streams (tenant_id, store_id, host_id, title, status, started_at)"
                            " values ('{}', '{}', '{}', 'Mugs', 'live', now())"
                            " returning id",
                            api.tenant_id().to_string(), store.id, store.owner.id.to_string()));
    std::string body = order_body({mug}, 2);
    body.insert(1, fmt::format(R"("stream_id": "{}", )", stream_id));
    const json::value placed = json_of(api.post("/orders", buyer, body));
    check_out(buyer, {std::string(placed.at("orders").at(0).at("id").as_string())}, visa);
    const auto told = std::ranges::find(api.emissions(), "stream:order", &Emission::event);
    ASSERT_NE(told, api.emissions().end());
    EXPECT_EQ(told->room, "stream:" + stream_id);
    EXPECT_EQ(json::parse(told->payload),
              json::parse(fmt::format(R"({{"stream_id": "{}", "product_name": "Mug", "quantity": 2}})", stream_id)));
    body.replace(body.find(stream_id), stream_id.size(), Uuid::make().to_string());
    EXPECT_EQ(code_of(api.post("/orders", buyer, body)), "live.stream_not_found");
}

}  // namespace
}  // namespace liveshop::checkout
