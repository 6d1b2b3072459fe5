#include "modules/checkout/tests/shop.hpp"

#include <fmt/format.h>

#include <fstream>

#include "modules/catalog/routes.hpp"
#include "modules/checkout/api.hpp"
#include "modules/checkout/jobs.hpp"
#include "modules/checkout/routes.hpp"
#include "modules/ledger/routes.hpp"
#include "sandbox/webhooks.hpp"
#include "tests/support/ledger.hpp"

namespace liveshop::checkout {
namespace {

constexpr std::string_view secret_key = "sk_test_0123456789abcdef";
constexpr std::string_view address =
    R"({"street": "1 Test Street", "city": "Springfield", "zip": "12345", "country": "US", "lat": 40.1, "lng": -74.2})";

std::filesystem::path scratch_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "liveshop-checkout-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no folder for the test");
    return name;
}

test::TestApi::Parts with(test::TestApi::Parts more) {
    test::TestApi::Parts parts{.routes = catalog::routes() + checkout::routes() + ledger::routes() + more.routes,
                               .constraints = catalog::constraints(),
                               .job_rows = checkout::job_rows()};
    for (const ConstraintRow& row : checkout::constraints()) parts.constraints.push_back(row);
    for (const ConstraintRow& row : more.constraints) parts.constraints.push_back(row);
    for (const jobs::JobRow& row : more.job_rows) parts.job_rows.push_back(row);
    return parts;
}

sandbox::Settings sandbox_settings(const std::filesystem::path& folder) {
    sandbox::Settings settings;
    settings.sandbox_port.value = 0;
    settings.sandbox_folder = folder.string();
    settings.stripe_secret_key = ForeignSecret(std::string(secret_key));
    settings.stripe_publishable_key.value = "pk_test_0123456789abcdef";
    return settings;
}

}  // namespace

Shop::Shop(test::TestApi::Parts more)
    : api(with(std::move(more))),
      buyer(api.make_user(Role::customer)),
      other_buyer(api.make_user(Role::customer)),
      driver(api.make_user(Role::driver)),
      folder_(scratch_folder()),
      sandbox_(std::make_unique<sandbox::Sandbox>(api.io(), sandbox_settings(folder_))),
      client_(api.io()) {
    settings_.card_frame_url.value = "http://127.0.0.1:1/elements/card";
    settings_.stripe_publishable_key.value = "pk_test_0123456789abcdef";
    settings_.payment_timeout_s.value = 1;
    settings_.stripe_webhook_secret = webhook_secret;
    ProviderSettings provider;
    provider.stripe_api_url = fmt::format("http://127.0.0.1:{}", sandbox_->port());
    provider.stripe_secret_key = secret_key;
    provider.stripe_timeout_ms = 1'000;
    provider_ = std::make_unique<Provider>(client_, std::move(provider));
    api.services().add(*provider_);
    api.services().add<const Settings>(settings_);
}

Shop::~Shop() {
    test::run(api.io(), sandbox_->stop());
    std::filesystem::remove_all(folder_);
}

void Shop::TearDown() {
    test::expect_ledger_balanced(api.database());
    EXPECT_EQ(api.sql("select string_agg(kind || ': ' || last_error, '; ') from jobs where status = 'dead'"), "");
    // Stock never goes below nothing, and orders hold exactly what is missing from the shelves.
    EXPECT_EQ(api.sql("select count(*) from product_variants where stock_quantity < 0"), "0");
    EXPECT_EQ(api.sql("select count(*) from (select order_id from payments where status in ('requires_confirmation',"
                      " 'processing', 'requires_action', 'requires_capture', 'succeeded')"
                      " group by order_id having count(*) > 1) twice"),
              "0");
}

Shop::StoreRow Shop::make_store(std::string_view currency, std::int64_t delivery_fee, std::int64_t minimum) {
    const TestUser owner = api.make_user(Role::store_owner);
    const std::string id = api.sql(
        fmt::format("insert into stores (tenant_id, owner_id, name, slug, address, currency, delivery_fee_minor,"
                    " minimum_order_minor, verification_status)"
                    " values ('{}', '{}', 'Test store', '{}', '{}', '{}', {}, {}, 'verified') returning id",
                    owner.tenant_id.to_string(), owner.id.to_string(), "s-" + owner.id.to_string(), address, currency,
                    delivery_fee, minimum));
    return {id, owner};
}

std::string Shop::make_variant(const StoreRow& store, std::int64_t price, std::int64_t stock) {
    const std::string product_id =
        api.sql(fmt::format("insert into products (tenant_id, store_id, name) values ('{}', '{}', 'Mug') returning id",
                            store.owner.tenant_id.to_string(), store.id));
    return api.sql(
        fmt::format("insert into product_variants (tenant_id, product_id, store_id, name, price_minor, stock_quantity)"
                    " values ('{}', '{}', '{}', 'Blue', {}, {}) returning id",
                    store.owner.tenant_id.to_string(), product_id, store.id, price, stock));
}

std::int64_t Shop::stock_of(const std::string& variant_id) {
    return std::stoll(api.sql(fmt::format("select stock_quantity from product_variants where id = '{}'", variant_id)));
}

std::string Shop::order_body(const std::vector<std::string>& variant_ids, int quantity) {
    std::string items;
    for (const std::string& id : variant_ids)
        items += fmt::format(R"({}{{"variant_id": "{}", "quantity": {}}})", items.empty() ? "" : ", ", id, quantity);
    return fmt::format(R"({{"items": [{}], "shipping_address": {}}})", items, address);
}

std::string Shop::place(TestUser who, const std::vector<std::string>& variant_ids, int quantity) {
    const http::Response response = api.post("/orders", who, order_body(variant_ids, quantity));
    EXPECT_EQ(response.status, 201) << response.body;
    if (response.status != 201) return {};
    return std::string(json_of(response).at("orders").at(0).at("id").as_string());
}

std::string Shop::checkout_body(const std::vector<std::string>& order_ids, std::string_view card) {
    const std::string method = card.empty() ? "" : fmt::format(R"(, "payment_method_id": "{}")", card);
    return fmt::format(R"({{"order_ids": ["{}"]{}}})", fmt::join(order_ids, R"(", ")"), method);
}

http::Response Shop::check_out(TestUser who, const std::vector<std::string>& order_ids, std::string_view card,
                               std::string key) {
    return api.post("/checkout", who, checkout_body(order_ids, card), std::move(key));
}

http::Response Shop::move(const StoreRow& store, const std::string& order_id, std::string_view status) {
    return api.put(fmt::format("/stores/{}/orders/{}/status", store.id, order_id), store.owner,
                   fmt::format(R"({{"status": "{}"}})", status));
}

std::string Shop::order_column(const std::string& order_id, std::string_view column) {
    return api.sql(fmt::format("select {}::text from orders where id = '{}'", column, order_id));
}

std::string Shop::make_ready(TestUser who, const StoreRow& store, const std::string& variant_id, int quantity) {
    const std::string order_id = place(who, {variant_id}, quantity);
    EXPECT_EQ(json_of(check_out(who, {order_id}, visa)).at("outcome").as_string(), "paid");
    for (const std::string_view status : {"confirmed", "preparing", "ready"})
        EXPECT_EQ(move(store, order_id, status).status, 200) << status;
    return order_id;
}

void Shop::pick_up(TestUser who, const std::string& order_id) {
    const OrderId id = OrderId::parse(order_id).value();
    api.with_ctx(who, [id](Ctx& ctx) -> awaitable<void> { co_await mark_picked_up(ctx, id); });
}

void Shop::deliver(TestUser who, const std::string& order_id, std::int64_t earnings) {
    const OrderId id = OrderId::parse(order_id).value();
    api.with_ctx(who, [id, who, earnings](Ctx& ctx) -> awaitable<void> {
        co_await mark_delivered(ctx, id, who.id, Amount{earnings});
    });
}

http::Answer Shop::call_sandbox(http::Call call) {
    call.url = fmt::format("http://127.0.0.1:{}{}", sandbox_->port(), call.url);
    call.headers.push_back({"Authorization", fmt::format("Bearer {}", secret_key)});
    auto answer = test::run(api.io(), client_.call(std::move(call)));
    if (!answer) throw std::runtime_error("the sandbox does not answer: " + answer.error().detail);
    return std::move(*answer);
}

void Shop::order_fault(std::string_view kind, int count) {
    const http::Answer answer = call_sandbox({.method = "POST",
                                              .url = "/sandbox/faults",
                                              .headers = {{"Content-Type", "application/json"}},
                                              .body = fmt::format(R"({{"next": "{}", "count": {}}})", kind, count)});
    ASSERT_EQ(answer.status, 204) << answer.body;
}

void Shop::answer_bank(const std::string& url, std::string_view outcome) {
    const std::size_t path = url.find("/challenge/");
    const std::size_t query = url.find("?");
    ASSERT_NE(path, url.npos) << url;
    const http::Answer answer = call_sandbox({.method = "POST",
                                              .url = url.substr(path, query - path),
                                              .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                                              .body = fmt::format("{}&outcome={}", url.substr(query + 1), outcome)});
    ASSERT_EQ(answer.status, 200) << answer.body;
}

std::map<std::string, int> Shop::intents() {
    const http::Answer answer =
        call_sandbox({.method = "GET", .url = "/v1/payment_intents?limit=100", .headers = {}, .body = ""});
    EXPECT_EQ(answer.status, 200) << answer.body;
    std::map<std::string, int> counts;
    for (const json::value& intent : json::parse(answer.body).at("data").as_array())
        ++counts[std::string(intent.at("status").as_string())];
    return counts;
}

void Shop::onboard(const std::string& url, std::string_view outcome) {
    const std::size_t path = url.find("/onboarding/");
    const std::size_t query = url.find("?");
    ASSERT_NE(path, url.npos) << url;
    const http::Answer answer = call_sandbox({.method = "POST",
                                              .url = url.substr(path, query - path),
                                              .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                                              .body = fmt::format("{}&outcome={}", url.substr(query + 1), outcome)});
    ASSERT_EQ(answer.status, 200) << answer.body;
}

std::vector<std::string> Shop::provider_events() {
    const http::Answer answer =
        call_sandbox({.method = "GET", .url = "/v1/events?limit=100", .headers = {}, .body = ""});
    std::vector<std::string> events;
    for (const json::value& event : json::parse(answer.body).at("data").as_array())
        events.insert(events.begin(), json::serialize(event));
    return events;
}

http::Response Shop::send_event(const std::string& event, std::int64_t age_s) {
    const std::int64_t signed_at_s = Timestamp::now().us / 1'000'000 - age_s;
    return api.call({.method = "POST",
                     .path = "/webhooks/stripe",
                     .user = std::nullopt,
                     .body = event,
                     .idempotency_key = "",
                     .headers = {{"Stripe-Signature", sandbox::stripe_signature(event, webhook_secret, signed_at_s)}}});
}

void Shop::post_intent(const std::string& order_id, std::string_view verb) {
    const std::string intent =
        api.sql(fmt::format("select stripe_payment_intent_id from payments where order_id = '{}'"
                            " and status = 'requires_capture'",
                            order_id));
    const http::Answer answer = call_sandbox({.method = "POST",
                                              .url = fmt::format("/v1/payment_intents/{}/{}", intent, verb),
                                              .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                                              .body = ""});
    ASSERT_EQ(answer.status, 200) << answer.body;
}

void Shop::end_hold(const std::string& order_id) { post_intent(order_id, "cancel"); }
void Shop::capture_at_provider(const std::string& order_id) { post_intent(order_id, "capture"); }

json::array Shop::provider_refunds() {
    const http::Answer answer =
        call_sandbox({.method = "GET", .url = "/v1/events?type=refund.created&limit=100", .headers = {}, .body = ""});
    json::array refunds;
    for (const json::value& event : json::parse(answer.body).at("data").as_array())
        refunds.push_back(event.at("data").at("object"));
    return refunds;
}

std::int64_t Shop::transferred() {
    const http::Answer answer =
        call_sandbox({.method = "GET", .url = "/v1/transfers?limit=100", .headers = {}, .body = ""});
    std::int64_t sum = 0;
    for (const json::value& transfer : json::parse(answer.body).at("data").as_array())
        sum += transfer.at("amount").as_int64();
    return sum;
}

void Shop::spend_everything() {
    const auto post = [&](std::string url, std::string body) {
        return json::parse(call_sandbox({.method = "POST",
                                         .url = std::move(url),
                                         .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
                                         .body = std::move(body)})
                               .body);
    };
    const json::value account = post("/v1/accounts", "type=express&country=US&capabilities[transfers][requested]=true");
    const std::string id(account.at("id").as_string());
    const json::value link =
        post("/v1/account_links", "type=account_onboarding&refresh_url=x&return_url=x&account=" + id);
    onboard(std::string(link.at("url").as_string()), "complete");
    const http::Answer balance = call_sandbox({.method = "GET", .url = "/v1/balance", .headers = {}, .body = ""});
    for (const json::value& available : json::parse(balance.body).at("available").as_array())
        post("/v1/transfers", fmt::format("amount={}&currency={}&destination={}", available.at("amount").as_int64(),
                                          std::string_view(available.at("currency").as_string()), id));
}

void Shop::forget_keys() {
    const std::uint16_t port = sandbox_->port();
    test::run(api.io(), sandbox_->stop());
    const std::filesystem::path journal = folder_ / "journal.jsonl";
    std::ifstream in(journal);
    std::string kept;
    for (std::string line; std::getline(in, line);) {
        json::value entry = json::parse(line);
        entry.as_object()["kept_answers"] = json::array();
        kept += json::serialize(entry) + "\n";
    }
    in.close();
    std::ofstream(journal) << kept;
    sandbox::Settings settings = sandbox_settings(folder_);
    settings.sandbox_port.value = port;
    sandbox_.reset();
    sandbox_ = std::make_unique<sandbox::Sandbox>(api.io(), settings);
}

void Shop::expire_holds() {
    api.sql("update orders set hold_expires_at = now() - interval '1 second' where hold_expires_at is not null");
}

}  // namespace liveshop::checkout
