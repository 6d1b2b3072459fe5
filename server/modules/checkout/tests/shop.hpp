#pragma once
// A shop to test in: catalogue, checkout and ledger on a real database, and the sandbox as the payment provider.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "modules/catalog/api.hpp"
#include "modules/checkout/provider.hpp"
#include "modules/checkout/settings.hpp"
#include "platform/http/client.hpp"
#include "sandbox/sandbox.hpp"
#include "tests/support/test_api.hpp"

namespace liveshop::checkout {

using test::code_of;
using test::json_of;
using test::TestUser;

class Shop : public ::testing::Test {
  protected:
    /// `more`: what a module that stands on this one adds.
    explicit Shop(test::TestApi::Parts more = {});
    ~Shop() override;
    /// Whatever a test did, the books balance and no job is dead.
    void TearDown() override;

    struct StoreRow {
        std::string id;
        TestUser owner;
    };
    StoreRow make_store(std::string_view currency = "USD", std::int64_t delivery_fee = 499, std::int64_t minimum = 0);
    /// A product of one variant; answers the variant's id.
    std::string make_variant(const StoreRow& store, std::int64_t price, std::int64_t stock);
    std::int64_t stock_of(const std::string& variant_id);

    /// What to send to POST /orders for these variants, one of each unless said otherwise.
    std::string order_body(const std::vector<std::string>& variant_ids, int quantity = 1);
    /// Places an order and answers its id; adds a failure where it is refused.
    std::string place(TestUser buyer, const std::vector<std::string>& variant_ids, int quantity = 1);
    http::Response check_out(TestUser buyer, const std::vector<std::string>& order_ids, std::string_view card,
                             std::string key = "");
    static std::string checkout_body(const std::vector<std::string>& order_ids, std::string_view card);
    http::Response move(const StoreRow& store, const std::string& order_id, std::string_view status);
    std::string order_column(const std::string& order_id, std::string_view column);

    /// Places, pays and prepares an order: ready for a driver.
    std::string make_ready(TestUser buyer, const StoreRow& store, const std::string& variant_id, int quantity = 1);
    void pick_up(TestUser driver, const std::string& order_id);
    void deliver(TestUser driver, const std::string& order_id, std::int64_t earnings);

    /// The provider's next calls go wrong: "timeout", "500", "429".
    void order_fault(std::string_view kind, int count = 1);
    /// The customer answers the bank's question: "complete" or "fail".
    void answer_bank(const std::string& url, std::string_view outcome);
    /// Intents at the provider, by their status.
    std::map<std::string, int> intents();
    void expire_holds();

    /// The owner of a connected account answers the provider: "complete" or "incomplete".
    void onboard(const std::string& url, std::string_view outcome);
    /// The provider's events, oldest first, each as it would send it.
    std::vector<std::string> provider_events();
    /// An event comes to our door, signed now or so many seconds ago.
    http::Response send_event(const std::string& event, std::int64_t age_s = 0);
    /// The hold on the card of the order's payment ends, behind our back.
    void end_hold(const std::string& order_id);
    /// Its money is captured in the provider's own dashboard.
    void capture_at_provider(const std::string& order_id);
    /// What the provider has given back to cards.
    json::array provider_refunds();
    /// What the provider has passed on to connected accounts.
    std::int64_t transferred();
    /// The platform's money at the provider is gone: to an account of nobody's.
    void spend_everything();
    /// As after a day: the provider does not remember what was asked under which key.
    void forget_keys();

    static constexpr std::string_view webhook_secret = "whsec_0123456789abcdef";
    static constexpr std::string_view visa = "pm_card_visa";
    static constexpr std::string_view declined = "pm_card_chargeDeclinedInsufficientFunds";
    static constexpr std::string_view with_question = "pm_card_authenticationRequired";

    test::TestApi api;
    TestUser buyer, other_buyer, driver;

  private:
    http::Answer call_sandbox(http::Call call);
    void post_intent(const std::string& order_id, std::string_view verb);

    std::filesystem::path folder_;
    std::unique_ptr<sandbox::Sandbox> sandbox_;
    http::Client client_;
    Settings settings_;
    std::unique_ptr<Provider> provider_;
};

}  // namespace liveshop::checkout
