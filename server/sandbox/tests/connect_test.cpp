#include <gtest/gtest.h>

#include "sandbox/pages.hpp"
#include "sandbox/tests/bank.hpp"

namespace liveshop::sandbox {
namespace {

struct ConnectTest : testing::Test {
    ScratchFolder folder;
    Bank bank{folder.path};

    std::string account() {
        const Answered made = bank.post("/v1/accounts",
                                        "type=express&country=DE&email=a%40b.example&capabilities[transfers][requested]"
                                        "=true");
        EXPECT_EQ(made.status, 200) << json::serialize(made.body);
        return made.text("/id");
    }
    std::string standing(const std::string& id) {
        return bank.get("/v1/accounts/" + id).text("/capabilities/transfers");
    }
    // The owner opens the link and answers.
    int onboard(const std::string& id, std::string_view outcome) {
        const Answered link = bank.post("/v1/account_links", "type=account_onboarding&account=" + id +
                                                                 "&refresh_url=https%3A%2F%2Fshop.example&return_url="
                                                                 "https%3A%2F%2Fshop.example");
        const std::string url = link.text("/url");
        const std::string secret = url.substr(url.find("secret=") + 7);
        EXPECT_EQ(onboarding_page(bank.payments, id, secret).status, 200);
        return onboarding_answer(bank.payments, id, "secret=" + secret + "&outcome=" + std::string(outcome)).status;
    }
    void earn() {
        const std::string intent = "/v1/payment_intents/" + bank.pay("pm_card_visa").text("/id");
        ASSERT_EQ(bank.post(intent + "/capture", "").status, 200);
    }
    Answered transfer(const std::string& id, int amount, std::string_view more = "") {
        return bank.post("/v1/transfers", "amount=" + std::to_string(amount) +
                                              "&currency=eur&transfer_group=p1&destination=" + id + std::string(more));
    }
};

TEST_F(ConnectTest, AnAccountIsPaidOnceItsOwnerIsKnown) {
    earn();
    const std::string id = account();
    EXPECT_EQ(standing(id), "pending");
    EXPECT_EQ(transfer(id, 100).text("/error/code"), "insufficient_capabilities_for_transfer");
    EXPECT_EQ(onboarding_page(bank.payments, id, "guessed").status, 404);
    EXPECT_EQ(onboarding_page(bank.payments, id, "").status, 404) << "no link was asked for";
    EXPECT_EQ(onboard(id, "incomplete"), 200);
    EXPECT_EQ(standing(id), "inactive");
    EXPECT_EQ(onboard(id, "complete"), 200);
    EXPECT_EQ(standing(id), "active");
    EXPECT_EQ(transfer(id, 100).status, 200);
    EXPECT_EQ(bank.get("/v1/accounts/acct_none").status, 404);
    EXPECT_EQ(bank.post("/v1/accounts", "country=DE").text("/error/param"), "type");
}

TEST_F(ConnectTest, NoMoreIsTransferredThanWasEarned) {
    const std::string id = account();
    onboard(id, "complete");
    EXPECT_EQ(transfer(id, 1).text("/error/code"), "balance_insufficient");
    earn();
    EXPECT_EQ(bank.get("/v1/balance").number("/available/0/amount"), 2500);
    EXPECT_EQ(transfer(id, 2000).status, 200);
    EXPECT_EQ(transfer(id, 501).text("/error/code"), "balance_insufficient");
    EXPECT_EQ(transfer(id, 500).status, 200);
    EXPECT_EQ(transfer(id, 0).text("/error/param"), "amount");
    EXPECT_EQ(bank.get("/v1/balance").number("/available/0/amount"), 0);
}

TEST_F(ConnectTest, ARepeatedTransferIsTheSameAndIsFoundByItsGroup) {
    earn();
    const std::string id = account();
    onboard(id, "complete");
    const std::string form = "amount=100&currency=eur&transfer_group=p7&destination=" + id;
    const std::string first = bank.post("/v1/transfers", form, "key").text("/id");
    EXPECT_TRUE(first.starts_with("tr_"));
    EXPECT_EQ(bank.post("/v1/transfers", form, "key").text("/id"), first);
    const Answered found = bank.get("/v1/transfers", "transfer_group=p7");
    EXPECT_EQ(found.body.at("data").as_array().size(), 1U);
    EXPECT_EQ(found.text("/data/0/id"), first);
    EXPECT_EQ(bank.get("/v1/transfers", "transfer_group=p8").body.at("data").as_array().size(), 0U);
    EXPECT_EQ(bank.get("/v1/transfers/" + first).number("/amount"), 100);
    EXPECT_EQ(bank.get("/v1/transfers/tr_none").status, 404);
}

TEST_F(ConnectTest, ARefundIsFoundAgain) {
    const std::string intent = bank.pay("pm_card_visa").text("/id");
    bank.post("/v1/payment_intents/" + intent + "/capture", "");
    const Answered refund = bank.post("/v1/refunds", "amount=700&payment_intent=" + intent);
    EXPECT_EQ(bank.get("/v1/refunds/" + refund.text("/id")).text("/status"), "succeeded");
    EXPECT_EQ(bank.get("/v1/refunds/re_none").status, 404);
}

// A journal of an older sandbox knows nothing of accounts.
TEST_F(ConnectTest, AJournalWithoutAccountsIsRead) {
    const ScratchFolder old;
    std::ofstream(old.path / "journal.jsonl") << R"({"customers":[],"payment_methods":[],"payment_intents":[],)"
                                              << R"("charges":[],"refunds":[],"events":[],"kept_answers":[]})" << "\n";
    const Store store(old.path);
    EXPECT_EQ(store.all<Account>().size(), 0U);
}

}  // namespace
}  // namespace liveshop::sandbox
