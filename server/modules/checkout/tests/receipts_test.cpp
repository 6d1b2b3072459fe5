// A receipt sums to the cent, whatever was paid and given back.
#include <fmt/format.h>

#include "modules/checkout/tests/shop.hpp"

namespace liveshop::checkout {
namespace {

class Receipts : public Shop {
  protected:
    Receipts()
        : store(make_store("USD", 499)), mug(make_variant(store, 333, 10)), bowl(make_variant(store, 1'999, 10)) {
        api.sql("update tenants set settings = '{\"tax_rate_bp\": 825, \"commission_rate_bp\": 1000}'");
    }

    json::value receipt(TestUser who, const std::string& order_id) {
        const http::Response answer = api.get("/orders/" + order_id + "/receipt", who);
        EXPECT_EQ(answer.status, 200) << answer.body;
        const json::value receipt = json_of(answer);
        expect_sums(receipt.as_object());
        return receipt;
    }
    static std::int64_t minor(const json::value& of, std::string_view name) { return of.at(name).as_int64(); }

    static void expect_sums(const json::object& receipt) {
        const auto is = [&](std::string_view name) { return receipt.at(name).as_int64(); };
        std::int64_t goods = 0, tax = 0, refunded = 0, held = 0, paid = 0;
        for (const json::value& line : receipt.at("lines").as_array()) {
            EXPECT_EQ(minor(line, "total_minor"), minor(line, "price_minor") * minor(line, "quantity"));
            goods += minor(line, "total_minor");
            tax += minor(line, "tax_minor");
        }
        for (const json::value& payment : receipt.at("payments").as_array())
            (payment.at("status").as_string() == "requires_capture" ? held : paid) += minor(payment, "amount_minor");
        for (const json::value& refund : receipt.at("refunds").as_array())
            if (refund.at("status").as_string() == "succeeded") refunded += minor(refund, "amount_minor");
        const bool is_inclusive = receipt.at("tax_mode").as_string() == "inclusive";
        EXPECT_EQ(is("subtotal_minor"), is_inclusive ? goods - tax : goods);
        EXPECT_EQ(is("tax_amount_minor"), tax);
        EXPECT_EQ(is("total_amount_minor"),
                  is("subtotal_minor") + tax + is("shipping_amount_minor") - is("discount_amount_minor"));
        EXPECT_EQ(is("authorized_minor"), held);
        EXPECT_EQ(is("paid_minor"), paid);
        EXPECT_EQ(held + paid, is("total_amount_minor"));
        EXPECT_EQ(is("refunded_minor"), refunded);
        EXPECT_EQ(is("net_minor"), paid - refunded);
    }
    std::string pay_two_lines() {
        const std::string order_id = place(buyer, {mug, bowl}, 3);
        EXPECT_EQ(json_of(check_out(buyer, {order_id}, visa)).at("outcome").as_string(), "paid");
        return order_id;
    }
    void hand_over(const std::string& order_id) {
        for (const std::string_view status : {"confirmed", "preparing", "ready"})
            EXPECT_EQ(move(store, order_id, status).status, 200);
        pick_up(driver, order_id);
        api.run_all_jobs();
        deliver(driver, order_id, 499);
    }

    StoreRow store;
    std::string mug, bowl;
};

TEST_F(Receipts, FromTheHoldToTheLastCentGivenBack) {
    const std::string order_id = pay_two_lines();
    const json::value held = receipt(buyer, order_id);
    EXPECT_EQ(minor(held, "authorized_minor"), 999 + 5'997 + 82 + 495 + 499) << "8.25 % of each line, rounded once";
    EXPECT_EQ(minor(held, "paid_minor"), 0);
    EXPECT_FALSE(held.as_object().contains("commission_minor")) << "that is the store's to know";
    hand_over(order_id);
    const json::value paid = receipt(store.owner, order_id);
    EXPECT_EQ(minor(paid, "paid_minor"), 8'072);
    EXPECT_EQ(minor(paid, "commission_minor"), 100 + 600);
    const std::string one = fmt::format(R"({{"items": [{{"variant_id": "{}", "quantity": 1}}]}})", mug);
    EXPECT_EQ(api.post("/orders/" + order_id + "/refunds", store.owner, one).status, 201);
    EXPECT_EQ(minor(receipt(buyer, order_id), "refunded_minor"), 0) << "on its way";
    api.run_all_jobs();
    const json::value partly = receipt(buyer, order_id);
    EXPECT_EQ(minor(partly, "refunded_minor"), 333 + 27);
    EXPECT_EQ(api.post("/orders/" + order_id + "/refunds", store.owner, "{}").status, 201);
    api.run_all_jobs();
    const json::value none = receipt(buyer, order_id);
    EXPECT_EQ(minor(none, "net_minor"), 0);
    EXPECT_EQ(none.at("refunds").as_array().size(), 2U);
    for (const json::value& line : none.at("lines").as_array())
        EXPECT_EQ(minor(line, "refunded_quantity"), minor(line, "quantity"));
}

// A store says its own tax, and whether its prices have it in them.
TEST_F(Receipts, PricesWithTheirTaxInThem) {
    api.sql("update stores set tax_rate_bp = 1900, tax_mode = 'inclusive', minimum_order_minor = 6996");
    const std::string order_id = pay_two_lines();
    const json::value held = receipt(buyer, order_id);
    EXPECT_EQ(minor(held, "authorized_minor"), 999 + 5'997 + 499) << "nothing on top";
    EXPECT_EQ(minor(held, "tax_amount_minor"), 160 + 958) << "19 / 119 of each line, rounded once";
    hand_over(order_id);
    EXPECT_EQ(minor(receipt(store.owner, order_id), "commission_minor"), 84 + 504) << "of what is without tax";
    const std::string one = fmt::format(R"({{"items": [{{"variant_id": "{}", "quantity": 1}}]}})", bowl);
    const http::Response part = api.post("/orders/" + order_id + "/refunds", store.owner, one);
    ASSERT_EQ(part.status, 201) << part.body;
    EXPECT_EQ(minor(json_of(part), "amount_minor"), 1'999);
    EXPECT_EQ(api.post("/orders/" + order_id + "/refunds", store.owner, "{}").status, 201);
    api.run_all_jobs();
    EXPECT_EQ(minor(receipt(buyer, order_id), "net_minor"), 0);
    EXPECT_EQ(
        api.sql("select coalesce(sum(amount_minor), 0) from ledger_postings where account = 'platform_commission'"),
        "0");
}

TEST_F(Receipts, ASavedCardIsNamed) {
    const json::value card =
        json_of(api.post("/me/payment-methods", buyer, fmt::format(R"({{"payment_method_id": "{}"}})", visa)));
    const std::string order_id = place(buyer, {mug});
    check_out(buyer, {order_id}, card.at("payment_method_id").as_string());
    const json::value payment = receipt(buyer, order_id).at("payments").at(0);
    EXPECT_EQ(payment.at("brand").as_string(), "visa");
    EXPECT_EQ(payment.at("last4").as_string(), "4242");
}

TEST_F(Receipts, OnlyOfWhatIsPaidAndOnlyForThoseItConcerns) {
    const std::string unpaid = place(buyer, {mug});
    const auto refused = [&](TestUser who, const std::string& order_id) {
        return code_of(api.get("/orders/" + order_id + "/receipt", who));
    };
    EXPECT_EQ(refused(buyer, unpaid), "checkout.order_not_paid");
    check_out(buyer, {unpaid}, declined);
    EXPECT_EQ(refused(buyer, unpaid), "checkout.order_not_paid");
    const std::string order_id = pay_two_lines();
    for (const TestUser who : {other_buyer, driver, make_store().owner})
        EXPECT_EQ(refused(who, order_id), "checkout.order_not_found");
    EXPECT_EQ(refused(buyer, Uuid::make().to_string()), "checkout.order_not_found");
    EXPECT_EQ(api.call({"GET", "/orders/" + order_id + "/receipt", std::nullopt, "", ""}).status, 401);
    EXPECT_EQ(api.get("/orders/" + order_id + "/receipt", api.make_user(Role::admin)).status, 200);
    EXPECT_EQ(move(store, order_id, "cancelled").status, 200);
    EXPECT_EQ(refused(buyer, order_id), "checkout.order_not_paid") << "nothing was taken";
}

}  // namespace
}  // namespace liveshop::checkout
