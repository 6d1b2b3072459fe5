// Customers and the cards that are attached to them, as Stripe keeps them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sandbox/tests/bank.hpp"

namespace liveshop::sandbox {
namespace {

struct WalletTest : testing::Test {
    ScratchFolder folder;
    Bank bank{folder.path};
    const std::string customer = bank.post("/v1/customers", "email=a%40b.example").text("/id");

    std::string attach(std::string_view card = "pm_card_visa") {
        return bank.post(fmt::format("/v1/payment_methods/{}/attach", card), "customer=" + customer).text("/id");
    }
    std::size_t attached(const std::string& path, const std::string& query) {
        const Answered list = bank.get(path, query);
        return list.status == 200 ? list.body.at("data").as_array().size() : 99;
    }
    Answered pay(const std::string& card, const std::string& of) {
        return bank.post("/v1/payment_intents",
                         "amount=100&currency=eur&confirm=true&return_url=https%3A%2F%2Fa.example&"
                         "payment_method=" +
                             card + (of.empty() ? "" : "&customer=" + of));
    }
};

TEST_F(WalletTest, AttachedCardsAreListedByBothAddresses) {
    attach();
    attach("pm_card_mastercard");
    EXPECT_EQ(attached("/v1/payment_methods", "type=card&customer=" + customer), 2U);
    EXPECT_EQ(attached("/v1/customers/" + customer + "/payment_methods", "type=card"), 2U);
    EXPECT_EQ(attached("/v1/payment_methods", "limit=1&customer=" + customer), 1U);
    EXPECT_EQ(bank.get("/v1/payment_methods", "type=card").text("/error/param"), "customer");
    EXPECT_EQ(bank.get("/v1/customers/cus_none/payment_methods").status, 404);
}

TEST_F(WalletTest, ADetachedCardPaysNothingAnyMore) {
    const std::string card = attach();
    EXPECT_EQ(pay(card, customer).text("/status"), "succeeded");
    const Answered detached = bank.post("/v1/payment_methods/" + card + "/detach", "");
    EXPECT_EQ(detached.status, 200);
    EXPECT_TRUE(detached.body.at("customer").is_null());
    EXPECT_EQ(attached("/v1/payment_methods", "customer=" + customer), 0U);
    EXPECT_EQ(pay(card, "").status, 400);
    EXPECT_EQ(bank.post("/v1/payment_methods/" + card + "/detach", "").status, 400) << "detached once";
    EXPECT_EQ(bank.post("/v1/payment_methods/" + card + "/attach", "customer=" + customer).status, 400);
}

TEST_F(WalletTest, ADeletedCustomerLeavesAnIdOnly) {
    const std::string card = attach();
    EXPECT_EQ(bank.call("DELETE", "/v1/customers/" + customer, "").text("/id"), customer);
    const Answered gone = bank.get("/v1/customers/" + customer);
    EXPECT_TRUE(gone.body.at("deleted").as_bool());
    EXPECT_FALSE(gone.body.as_object().contains("email"));
    EXPECT_EQ(bank.call("DELETE", "/v1/customers/" + customer, "").status, 404);
    EXPECT_EQ(pay(card, customer).status, 400);
    EXPECT_EQ(bank.post("/v1/payment_methods/pm_card_visa/attach", "customer=" + customer).status, 400);
}

TEST_F(WalletTest, IsThereAgainAfterARestart) {
    attach();
    const Store again(folder.path);
    ASSERT_EQ(again.all<PaymentMethod>().size(), 1U);
    EXPECT_EQ(again.all<PaymentMethod>().front().customer, customer);
}

}  // namespace
}  // namespace liveshop::sandbox
