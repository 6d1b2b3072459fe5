// Who may capture and when, and what becomes of authorizations that end.
#include <fmt/format.h>

#include "modules/checkout/api.hpp"
#include "modules/checkout/tests/shop.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::checkout {
namespace {

std::vector<std::string>& facts() {
    static std::vector<std::string> heard;
    return heard;
}
template <char Letter>
awaitable<void> hear(Ctx&, OrderFact) {
    facts().push_back(std::string(1, Letter));
    co_return;
}

test::TestApi::Parts listening() {
    return {.routes = {},
            .constraints = {},
            .job_rows = {jobs::subscriber<hear<'m'>>("test.moved", "checkout.order_moved"),
                         jobs::subscriber<hear<'r'>>("test.ready", "checkout.order_ready"),
                         jobs::subscriber<hear<'c'>>("test.cancelled", "checkout.order_cancelled"),
                         jobs::subscriber<hear<'b'>>("test.refunded", "checkout.order_refunded"),
                         jobs::subscriber<hear<'p'>>("test.paid", "checkout.order_paid"),
                         jobs::subscriber<hear<'d'>>("test.due", "checkout.capture_due")}};
}

class Captures : public Shop {
  protected:
    Captures() : Shop(listening()), store(make_store("USD", 499)), mug(make_variant(store, 1'000, 10)) {
        facts().clear();
    }

    http::Response capture(TestUser who, const std::string& order_id) {
        return api.post("/orders/" + order_id + "/capture", who, "");
    }
    // The pick-up's own capture is asked for, fails, and waits for its next try.
    std::string picked_up_uncaptured() {
        const std::string order_id = make_ready(buyer, store, mug);
        pick_up(driver, order_id);
        order_fault("429");
        api.run_jobs();
        EXPECT_EQ(order_column(order_id, "payment_status"), "authorized");
        return order_id;
    }
    void ends_in(std::string_view interval) {
        api.sql(fmt::format("update payments set capture_before = now() + interval '{}'", interval));
    }
    void watch() {
        api.enqueue("checkout.watch_captures", api.tenant_id());
        api.run_jobs();
    }
    // What was heard of, in the order in which it happened.
    std::string heard() {
        api.run_all_jobs();
        std::string letters;
        for (const std::string& fact : facts()) letters += fact;
        facts().clear();
        return letters;
    }
    std::size_t count(const std::string& letters, char letter) {
        return static_cast<std::size_t>(std::ranges::count(letters, letter));
    }

    StoreRow store;
    std::string mug;
};

TEST_F(Captures, TheStoreCapturesOnceWhatIsPickedUp) {
    const std::string order_id = picked_up_uncaptured();
    const http::Response captured = capture(store.owner, order_id);
    ASSERT_EQ(captured.status, 200) << captured.body;
    EXPECT_EQ(json_of(captured).at("payment_status").as_string(), "captured");
    EXPECT_EQ(code_of(capture(store.owner, order_id)), "checkout.already_captured");
    api.run_all_jobs();
    EXPECT_EQ(api.sql("select count(*) from ledger_entries where kind = 'capture'"), "1");
    EXPECT_EQ(intents(), (std::map<std::string, int>{{"succeeded", 1}}));
}

TEST_F(Captures, NothingIsCapturedBeforePickUp) {
    const std::string unpaid = place(buyer, {mug});
    EXPECT_EQ(code_of(capture(store.owner, unpaid)), "checkout.order_not_paid");
    const std::string order_id = make_ready(buyer, store, mug);
    EXPECT_EQ(code_of(capture(store.owner, order_id)), "checkout.not_picked_up");
    EXPECT_EQ(move(store, order_id, "cancelled").status, 200);
    EXPECT_EQ(code_of(capture(store.owner, order_id)), "checkout.order_not_paid");
    EXPECT_EQ(api.sql("select count(*) from ledger_entries"), "0");
}

TEST_F(Captures, NobodyElseCaptures) {
    const std::string order_id = picked_up_uncaptured();
    EXPECT_EQ(capture(buyer, order_id).status, 403);
    EXPECT_EQ(capture(driver, order_id).status, 403);
    EXPECT_EQ(code_of(capture(make_store().owner, order_id)), "checkout.order_not_found");
    const TestUser foreign = api.make_user(Role::admin, api.make_tenant("other"));
    EXPECT_EQ(code_of(capture(foreign, order_id)), "checkout.order_not_found");
    EXPECT_EQ(code_of(capture(store.owner, Uuid::make().to_string())), "checkout.order_not_found");
    EXPECT_EQ(order_column(order_id, "payment_status"), "authorized");
    EXPECT_EQ(capture(api.make_user(Role::admin), order_id).status, 200);
}

TEST_F(Captures, WithoutAnAnswerTheCallerIsToldAndTheJobFinishes) {
    const std::string order_id = picked_up_uncaptured();
    order_fault("500");
    EXPECT_EQ(code_of(capture(store.owner, order_id)), "checkout.capture_pending");
    EXPECT_EQ(order_column(order_id, "payment_status"), "authorized");
    api.run_all_jobs();
    EXPECT_EQ(order_column(order_id, "payment_status"), "captured");
    EXPECT_EQ(api.sql("select count(*) from ledger_entries where kind = 'capture'"), "1");
}

TEST_F(Captures, SeveralAtOnceCaptureOnce) {
    const std::string order_id = picked_up_uncaptured();
    const test::TestCall call{"POST", "/orders/" + order_id + "/capture", store.owner, "", ""};
    api.sql("update jobs set run_at = now() where status = 'queued'");
    for (const http::Response& answer : api.call_all({call, call, call}, 1))
        EXPECT_TRUE(answer.status == 200 || code_of(answer) == "checkout.already_captured") << answer.body;
    api.run_all_jobs();
    EXPECT_EQ(api.sql("select count(*) from ledger_entries where kind = 'capture'"), "1");
    EXPECT_EQ(api.sql("select sum(amount_minor) from ledger_postings where account = 'provider_clearing'"), "1499");
}

TEST_F(Captures, AHoldThatHasEndedIsSaid) {
    const std::string order_id = picked_up_uncaptured();
    end_hold(order_id);
    EXPECT_EQ(code_of(capture(store.owner, order_id)), "checkout.authorization_ended");
    EXPECT_EQ(order_column(order_id, "payment_status"), "failed");
    EXPECT_EQ(code_of(capture(store.owner, order_id)), "checkout.order_not_paid");
    EXPECT_EQ(api.sql("select count(*) from ledger_entries"), "0");
}

TEST_F(Captures, TheStoreIsWarnedOnceBeforeAHoldEnds) {
    const std::string order_id = make_ready(buyer, store, mug);
    heard();
    ends_in("25 hours");
    watch();
    EXPECT_EQ(heard(), "") << "that is time enough";
    ends_in("23 hours");
    watch();
    watch();
    EXPECT_EQ(heard(), "d");
    EXPECT_EQ(order_column(order_id, "status"), "ready");
    EXPECT_EQ(api.sql(fmt::format(
                  "select count(*) from order_timeline where order_id = '{}' and note like '%ends soon%'", order_id)),
              "1");
}

TEST_F(Captures, WhatADriverHasIsCapturedBeforeItsHoldEnds) {
    const std::string order_id = picked_up_uncaptured();
    api.sql("delete from jobs where kind = 'checkout.capture'");
    ends_in("23 hours");
    watch();
    EXPECT_EQ(order_column(order_id, "payment_status"), "captured");
}

TEST_F(Captures, WhatNobodyCarriesIsCancelledWithItsHold) {
    const std::string order_id = make_ready(buyer, store, mug, 2);
    heard();
    end_hold(order_id);
    ends_in("-1 minutes");
    watch();
    EXPECT_EQ(order_column(order_id, "status"), "cancelled");
    EXPECT_EQ(order_column(order_id, "payment_status"), "cancelled");
    EXPECT_EQ(stock_of(mug), 10);
    EXPECT_EQ(heard(), "c");
    EXPECT_THROW(pick_up(driver, order_id), Fail);
    EXPECT_EQ(intents(), (std::map<std::string, int>{{"canceled", 1}}));
}

TEST_F(Captures, EveryMoveIsAFact) {
    const std::string order_id = make_ready(buyer, store, mug);
    EXPECT_EQ(heard(), "pmmr") << "paid, confirmed, preparing, ready";
    pick_up(driver, order_id);
    EXPECT_EQ(heard(), "m");
    deliver(driver, order_id, 499);
    EXPECT_EQ(heard(), "m");
    EXPECT_EQ(api.post("/orders/" + order_id + "/refunds", store.owner, R"({"amount_minor": 100})").status, 201);
    EXPECT_EQ(heard(), "b") << "a part, which moves nothing";
    EXPECT_EQ(api.post("/orders/" + order_id + "/refunds", store.owner, "{}").status, 201);
    const std::string last = heard();
    EXPECT_EQ(count(last, 'b'), 1U) << last;
    EXPECT_EQ(count(last, 'm'), 1U) << last;
    const std::string given_up = place(buyer, {mug});
    EXPECT_EQ(api.post("/orders/" + given_up + "/cancel", buyer, "").status, 200);
    EXPECT_EQ(heard(), "c");
}

}  // namespace
}  // namespace liveshop::checkout
