// The whole way: somebody registers, the mail comes to the sandbox's inbox, and its code confirms the address.
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <regex>

#include "modules/identity/jobs.hpp"
#include "modules/identity/tests/people.hpp"
#include "modules/notify/base64url.hpp"
#include "modules/notify/ec_key.hpp"
#include "modules/notify/jobs.hpp"
#include "modules/notify/routes.hpp"
#include "modules/notify/senders.hpp"
#include "modules/notify/tell.hpp"
#include "sandbox/tests/running_sandbox.hpp"

namespace liveshop::notify {
namespace {

using test::code_of;
using test::json_of;
using test::TestUser;
using ::testing::HasSubstr;
using ::testing::Not;

std::string rsa_key() {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_RSA_gen(2048), EVP_PKEY_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

constexpr std::string_view password = "a long password";

class Inbox : public testing::Test {
  protected:
    Inbox() {
        identity_settings_.token_secret = Secret{std::string(32, 's')};
        settings_.public_url = "https://shop.example";
        settings_.smtp_url = OptionalSecret(fmt::format("smtp://127.0.0.1:{}", sandbox_.smtp_port()));
        settings_.mail_from = "no-reply@shop.example";
        settings_.twilio_api_url = sandbox_.url();
        settings_.twilio_account_sid = "ACsandbox";
        settings_.twilio_auth_token = OptionalSecret("token");
        settings_.twilio_from = "+15005550006";
        settings_.fcm_api_url = sandbox_.url();
        settings_.fcm_token_url = sandbox_.url() + "/token";
        settings_.fcm_project_id = "demo";
        settings_.fcm_client_email = "sender@demo.example";
        settings_.fcm_private_key = OptionalSecret(rsa_key());
        settings_.vapid_private_key = OptionalSecret(base64url(std::string(32, 'v')));
        settings_.web_push_services = {sandbox_.url()};
        senders_.emplace(client_, settings_);
        api.services().add(std::as_const(identity_settings_));
        api.services().add(hasher_);
        api.services().add(std::as_const(holds_));
        api.services().add<const Settings>(settings_);
        api.services().add(*senders_);
    }

    json::array inbox_of(std::string_view to) {
        http::Call call{
            .method = "GET", .url = fmt::format("{}/inbox.json?to={}", sandbox_.url(), to), .headers = {}, .body = {}};
        const auto answer = test::run(api.io(), client_.call(std::move(call)));
        EXPECT_TRUE(answer && answer->status == 200);
        return json::parse(answer->body).at("messages").as_array();
    }
    static std::string text_of(const json::value& message) { return std::string(message.at("text").as_string()); }
    /// Of a mail eight letters and digits, of a text message six digits.
    static std::string code_in(const std::string& text) {
        std::smatch found;
        const std::regex said("Your code is ([0-9A-Z]{8})\\b|\\b([0-9]{6}) is your code");
        return std::regex_search(text, found, said) ? found[1].str() + found[2].str() : "";
    }
    http::Response post(std::string path, std::string body) {
        return api.call({"POST", std::move(path), std::nullopt, std::move(body), ""});
    }
    TestUser register_as(std::string_view role, std::string_view email) {
        const http::Response response =
            post("/auth/register",
                 fmt::format(R"({{"email":"{}","password":"{}","name":"Ada","role":"{}"}})", email, password, role));
        EXPECT_EQ(response.status, 201) << response.body;
        const json::value session = json_of(response);
        api.run_jobs();
        return {api.tenant_id(), UserId::parse(session.at("user").at("id").as_string()).value(),
                enum_named<Role>(role).value()};
    }
    int status_of(std::string path, std::string_view id, std::string_view code) {
        return post(std::move(path), fmt::format(R"({{"verification_id":"{}","code":"{}"}})", id, code)).status;
    }
    void subscribe(const TestUser& who, std::string body) {
        const http::Response response = api.post("/me/push-subscriptions", who, std::move(body));
        EXPECT_EQ(response.status, 201) << response.body;
    }

    sandbox::ScratchFolder folder_;
    sandbox::RunningSandbox sandbox_{folder_.path};
    identity::Settings identity_settings_;
    identity::PasswordHasher hasher_;
    identity::DeletionHolds holds_;
    Settings settings_;
    test::TestApi api{
        {.routes = identity::routes() + notify::routes(), .constraints = identity::constraints(), .job_rows = [] {
             jobs::Table rows = identity::job_rows();
             for (const jobs::JobRow& row : job_rows()) rows.push_back(row);
             return rows;
         }()}};
    http::Client client_{api.io()};
    std::optional<Senders> senders_;
};

TEST_F(Inbox, FromRegisteringToAConfirmedAddress) {
    const TestUser ada = register_as("customer", "ada@example.com");
    EXPECT_EQ(json_of(api.get("/me", ada)).at("is_email_verified"), false);
    const json::array mails = inbox_of("ada@example.com");
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].at("medium").as_string(), "email");
    EXPECT_EQ(mails[0].at("from").as_string(), "no-reply@shop.example");
    const std::string text = text_of(mails[0]), code = code_in(text);
    ASSERT_EQ(code.size(), 8U) << text;
    EXPECT_THAT(std::string(mails[0].at("html").as_string()), HasSubstr(code));
    EXPECT_THAT(std::string(mails[0].at("subject").as_string()), Not(HasSubstr(code)));
    const std::string id = api.sql("select id from verifications where purpose = 'verify_email'");
    const std::string wrong = code == "00000000" ? "00000001" : "00000000";
    EXPECT_EQ(status_of("/auth/verify-email", id, wrong), 422);
    EXPECT_EQ(status_of("/auth/verify-email", id, code), 204);
    EXPECT_EQ(json_of(api.get("/me", ada)).at("is_email_verified"), true);
    EXPECT_EQ(json_of(api.get("/me", ada)).at("status").as_string(), "active");
}

TEST_F(Inbox, FromAForgottenPasswordToANewOne) {
    register_as("customer", "ada@example.com");
    ASSERT_EQ(post("/auth/forgot-password", R"({"email":"ada@example.com"})").status, 200);
    api.run_jobs();
    const json::array mails = inbox_of("ada@example.com");
    ASSERT_EQ(mails.size(), 2U);
    const std::string text = text_of(mails[0]);
    std::smatch link;
    ASSERT_TRUE(std::regex_search(text, link, std::regex("https://shop\\.example/\\S+#\\S+"))) << text;
    EXPECT_THAT(link.str(), HasSubstr(code_in(text))) << "the page behind the link has the code in its fragment";
    const std::string id = api.sql("select id from verifications where purpose = 'reset_password'");
    EXPECT_THAT(link.str(), HasSubstr(id));
    const http::Response reset =
        post("/auth/reset-password",
             fmt::format(R"({{"verification_id":"{}","code":"{}","password":"a new password"}})", id, code_in(text)));
    EXPECT_EQ(reset.status, 204) << reset.body;
    api.run_jobs();
    EXPECT_EQ(post("/auth/login", R"({"email":"ada@example.com","password":"a new password"})").status, 200);
    EXPECT_THAT(std::string(inbox_of("ada@example.com")[0].at("subject").as_string()), HasSubstr("was changed"));
}

TEST_F(Inbox, FromANumberToAConfirmedOne) {
    const TestUser ada = register_as("driver", "ada@example.com");
    ASSERT_EQ(api.put("/me", ada, R"({"phone":"+49 170 1234567"})").status, 200);
    const http::Response asked = api.post("/auth/verifications", ada, R"({"contact":"phone"})");
    ASSERT_EQ(asked.status, 201) << asked.body;
    api.run_jobs();
    const json::array texts = inbox_of("%2B491701234567");
    ASSERT_EQ(texts.size(), 1U);
    EXPECT_EQ(texts[0].at("medium").as_string(), "sms");
    const std::string id(json_of(asked).at("verification_id").as_string());
    const std::string body = fmt::format(R"({{"verification_id":"{}","code":"{}"}})", id, code_in(text_of(texts[0])));
    EXPECT_EQ(api.post("/auth/verify-phone", ada, body).status, 204);
}

TEST_F(Inbox, OnePersonsNewsByEveryChannel) {
    const TestUser ada = register_as("customer", "ada@example.com");
    api.sql("update users set phone = '+491701234567'");
    const EcKey browser = EcKey::generate();
    subscribe(ada, fmt::format(R"({{"kind": "web", "endpoint": "{}/push/browser", "p256dh": "{}", "auth": "{}"}})",
                               sandbox_.url(), base64url(browser.point()), base64url(std::string(16, 'a'))));
    subscribe(ada, R"({"kind": "fcm", "endpoint": "app-of-ada"})");
    subscribe(ada, R"({"kind": "fcm", "endpoint": "unregistered-app"})");
    const http::Response wanted =
        api.put("/me/notification-preferences", ada,
                R"({"changes": [{"kind": "order_delivered", "channel": "sms", "is_enabled": true}]})");
    ASSERT_EQ(wanted.status, 200) << wanted.body;
    EXPECT_EQ(json::serialize(json_of(wanted).at("available")), R"(["in_app","push","email","sms"])");
    api.with_ctx(ada, [&](Ctx& ctx) -> awaitable<void> {
        Words words{{{"order_number", "A-1"}, {"store_name", "Mugs"}, {"total", "5.00 EUR"}}, {}};
        co_await tell(
            ctx, {ada.id},
            {.kind = Kind::order_delivered, .key = "a", .tag = "order:1", .url = "/orders/1", .words = words});
    });
    api.run_jobs();
    EXPECT_THAT(text_of(inbox_of("ada@example.com").at(0)), HasSubstr("order A-1 from Mugs has arrived"));
    EXPECT_THAT(text_of(inbox_of("%2B491701234567").at(0)), HasSubstr("https://shop.example/orders/1"));
    const json::array app = inbox_of("app-of-ada");
    ASSERT_EQ(app.size(), 1U);
    EXPECT_EQ(app[0].at("subject").as_string(), "Delivered");
    EXPECT_THAT(json::serialize(app[0].at("headers")), HasSubstr(R"({"name":"url","value":"/orders/1"})"));
    const json::array push = inbox_of("/push/browser");
    ASSERT_EQ(push.size(), 1U);
    EXPECT_THAT(json::serialize(push[0].at("headers")), HasSubstr(R"({"name":"Urgency","value":"normal"})"));
    EXPECT_EQ(inbox_of("unregistered-app").size(), 0U);
    EXPECT_EQ(json_of(api.get("/me/push-subscriptions", ada)).at("push_subscriptions").as_array().size(), 2U)
        << "the app that is gone is forgotten";
    EXPECT_EQ(api.sql("select string_agg(distinct status, ' ') from notification_sends where channel <> 'push'"),
              "sent");
}

}  // namespace
}  // namespace liveshop::notify
