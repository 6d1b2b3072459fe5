// Cards that people keep for the next time.
#include "modules/checkout/tests/shop.hpp"

namespace liveshop::checkout {
namespace {

class PaymentMethods : public Shop {
  protected:
    http::Response save(TestUser user, std::string_view card) {
        return api.post("/me/payment-methods", user, fmt::format(R"({{"payment_method_id":"{}"}})", card));
    }
    json::value saved(TestUser user, std::string_view card = visa) {
        const http::Response response = save(user, card);
        EXPECT_EQ(response.status, 201) << response.body;
        return json_of(response);
    }
    static std::string text(const json::value& of, std::string_view member) {
        return json::value_to<std::string>(of.at(member));
    }
    std::size_t count(TestUser user) {
        return json_of(api.get("/me/payment-methods", user)).at("payment_methods").as_array().size();
    }
    std::string outcome(TestUser user, const std::vector<std::string>& order_ids, std::string_view card) {
        const http::Response response = check_out(user, order_ids, card);
        return response.status == 200 ? text(json_of(response), "outcome") : code_of(response);
    }

    StoreRow store = make_store();
    std::string variant = make_variant(store, 1000, 50);
};

TEST_F(PaymentMethods, ASavedCardIsListedAndPaysAgainAndAgain) {
    const json::value card = saved(buyer);
    EXPECT_EQ(text(card, "brand"), "visa");
    EXPECT_EQ(text(card, "last4"), "4242");
    const json::value list = json_of(api.get("/me/payment-methods", buyer));
    EXPECT_EQ(list.at("payment_methods").at(0), card);
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(outcome(buyer, {place(buyer, {variant})}, text(card, "payment_method_id")), "paid") << i;
}

TEST_F(PaymentMethods, ASavedCardPaysSeveralOrdersAtOnce) {
    const StoreRow other = make_store();
    const json::value card = saved(buyer);
    const std::vector<std::string> orders{place(buyer, {variant}), place(buyer, {make_variant(other, 500, 5)})};
    EXPECT_EQ(outcome(buyer, orders, text(card, "payment_method_id")), "paid");
}

TEST_F(PaymentMethods, NobodyElsePaysWithIt) {
    const std::string card = text(saved(buyer), "payment_method_id");
    EXPECT_EQ(outcome(other_buyer, {place(other_buyer, {variant})}, card), "declined");
    EXPECT_EQ(code_of(save(other_buyer, card)), "checkout.card_unusable");
    EXPECT_EQ(count(other_buyer), 0U);
}

TEST_F(PaymentMethods, ACardThatTheBankRefusesIsNotSaved) {
    const http::Response refused = save(buyer, declined);
    EXPECT_EQ(code_of(refused), "checkout.card_declined");
    EXPECT_FALSE(text(json_of(refused), "detail").empty()) << "in the bank's words";
    EXPECT_EQ(count(buyer), 0U);
}

TEST_F(PaymentMethods, WhatIsNoCardIsRefused) {
    EXPECT_EQ(code_of(save(buyer, "pm_none")), "checkout.card_unusable");
    for (const char* wrong : {"4242424242424242", "pm_x/../../customers", "pm_x?expand[]=y", "cus_x"})
        EXPECT_EQ(code_of(save(buyer, wrong)), "invalid") << wrong;
    EXPECT_EQ(api.call({"GET", "/me/payment-methods", std::nullopt, "", ""}).status, 401);
    EXPECT_EQ(count(buyer), 0U);
}

TEST_F(PaymentMethods, WhileTheProviderIsAwayNothingIsSaved) {
    order_fault("500", 2);
    const http::Response failed = save(buyer, visa);
    EXPECT_EQ(failed.status, 503) << failed.body;
    EXPECT_EQ(code_of(failed), "checkout.provider_unavailable");
    EXPECT_EQ(count(buyer), 0U);
    order_fault("500", 0);
    saved(buyer);
    EXPECT_EQ(count(buyer), 1U);
}

TEST_F(PaymentMethods, TenAreEnough) {
    for (int i = 0; i < 10; ++i) saved(buyer);
    EXPECT_EQ(code_of(save(buyer, visa)), "checkout.too_many_payment_methods");
    EXPECT_EQ(api.sql("select count(*) from payment_customers"), "1") << "one customer holds them all";
}

TEST_F(PaymentMethods, ARemovedCardIsForgottenByTheProviderToo) {
    const json::value card = saved(buyer);
    const std::string path = "/me/payment-methods/" + text(card, "id");
    EXPECT_EQ(code_of(api.del(path, other_buyer)), "checkout.payment_method_not_found");
    EXPECT_EQ(api.del(path, buyer).status, 204);
    EXPECT_EQ(code_of(api.del(path, buyer)), "checkout.payment_method_not_found");
    EXPECT_EQ(count(buyer), 0U);
    order_fault("500");  // the first try is carried out, and not heard of
    api.run_all_jobs();
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'checkout.forget_card' and status <> 'done'"), "0");
    EXPECT_EQ(outcome(buyer, {place(buyer, {variant})}, text(card, "payment_method_id")), "declined");
}

TEST_F(PaymentMethods, ADeletedAccountLeavesNoCards) {
    const json::value card = saved(buyer), kept = saved(other_buyer);
    api.enqueue("checkout.forget_customer", api.tenant_id(),
                fmt::format(R"({{"user_id":"{}"}})", buyer.id.to_string()));
    order_fault("500");
    api.run_all_jobs();
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'checkout.forget_customer' and status <> 'done'"), "0");
    EXPECT_EQ(count(buyer), 0U);
    EXPECT_EQ(api.sql("select count(*) from payment_customers"), "1");
    EXPECT_EQ(outcome(buyer, {place(buyer, {variant})}, text(card, "payment_method_id")), "declined");
    EXPECT_EQ(outcome(other_buyer, {place(other_buyer, {variant})}, text(kept, "payment_method_id")), "paid");
}

}  // namespace
}  // namespace liveshop::checkout
