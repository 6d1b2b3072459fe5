#include "modules/identity/routes.hpp"

#include <gtest/gtest.h>

#include "modules/identity/password.hpp"
#include "modules/identity/types.hpp"
#include "tests/support/test_api.hpp"

namespace liveshop::identity {
namespace {

constexpr std::string_view somebody =
    R"({"email":"somebody@demo.example","password":"a long password","name":"Some Body","client":"native"})";

class Identity : public testing::Test {
  protected:
    Identity() {
        settings.token_secret = Secret{std::string(32, 's')};
        api.services().add(std::as_const(settings));
        api.services().add(hasher);
    }

    // A visitor's call; what is answered as JSON.
    json::object post(std::string path, std::string body, int status) {
        const http::Response response = api.call({"POST", std::move(path), std::nullopt, std::move(body), ""});
        EXPECT_EQ(response.status, status) << response.body;
        return response.body.empty() ? json::object() : json::parse(response.body).as_object();
    }
    std::string refresh_token_of(const json::object& session) {
        return std::string(session.at("refresh_token").as_string());
    }
    json::object refresh(const std::string& token, int status) {
        return post("/auth/refresh", R"({"refresh_token":")" + token + "\"}", status);
    }

    Settings settings;
    PasswordHasher hasher;
    test::TestApi api{{.routes = routes(), .constraints = constraints(), .job_rows = job_rows()}};
};

TEST_F(Identity, RegistersAndSignsIn) {
    const json::object registered = post("/auth/register", std::string(somebody), 201);
    EXPECT_EQ(registered.at("user").at("role"), "customer");
    const json::object session =
        post("/auth/login", R"({"email":"SOMEBODY@demo.example","password":"a long password","client":"native"})", 200);
    EXPECT_EQ(session.at("user").at("id"), registered.at("user").at("id"));
    EXPECT_EQ(api.sql("select password_hash like '$argon2id$%' from users where email = 'somebody@demo.example'"), "t");
}

TEST_F(Identity, RolesThatAreGivenCannotBeTaken) {
    for (const std::string role : {"admin", "store_staff"}) {
        const json::object problem =
            post("/auth/register",
                 R"({"email":"a@b.example","password":"a long password","name":"A","role":")" + role + "\"}", 422);
        EXPECT_EQ(problem.at("errors").at(0).at("pointer"), "/role");
    }
}

TEST_F(Identity, AnAddressIsTakenOncePerTenant) {
    post("/auth/register", std::string(somebody), 201);
    EXPECT_EQ(post("/auth/register", std::string(somebody), 409).at("code"), "identity.email_taken");
}

TEST_F(Identity, WrongAddressAndWrongPasswordSoundTheSame) {
    post("/auth/register", std::string(somebody), 201);
    const json::object wrong_password =
        post("/auth/login", R"({"email":"somebody@demo.example","password":"another"})", 401);
    const json::object wrong_address =
        post("/auth/login", R"({"email":"nobody@demo.example","password":"another"})", 401);
    EXPECT_EQ(wrong_password, wrong_address);
}

TEST_F(Identity, ABrowserGetsItsRefreshTokenAsACookieOnly) {
    const http::Response response =
        api.call({"POST", "/auth/register", std::nullopt,
                  R"({"email":"b@b.example","password":"a long password","name":"B"})", ""});
    ASSERT_EQ(response.status, 201) << response.body;
    EXPECT_FALSE(json::parse(response.body).as_object().contains("refresh_token"));
    const auto cookie = std::ranges::find(response.headers, "Set-Cookie", &http::Header::name);
    ASSERT_NE(cookie, response.headers.end());
    EXPECT_NE(cookie->value.find("HttpOnly; SameSite=Strict"), std::string::npos);
}

TEST_F(Identity, TwoTabsThatRefreshAtOnceGetTheSameSuccessor) {
    const std::string first = refresh_token_of(post("/auth/register", std::string(somebody), 201));
    const std::string second = refresh_token_of(refresh(first, 200));
    EXPECT_NE(second, first);
    EXPECT_EQ(refresh_token_of(refresh(first, 200)), second);
    refresh(second, 200);
}

TEST_F(Identity, AnOldTokenThatComesBackEndsTheSession) {
    const std::string first = refresh_token_of(post("/auth/register", std::string(somebody), 201));
    const std::string second = refresh_token_of(refresh(first, 200));
    api.sql("update refresh_tokens set rotated_at = now() - interval '1 minute' where rotated_at is not null");
    EXPECT_EQ(refresh(first, 401).at("code"), "identity.session_reused");
    EXPECT_EQ(refresh(second, 401).at("code"), "identity.session_ended");
}

TEST_F(Identity, LogoutEndsTheSession) {
    const std::string token = refresh_token_of(post("/auth/register", std::string(somebody), 201));
    post("/auth/logout", R"({"refresh_token":")" + token + "\"}", 204);
    EXPECT_EQ(refresh(token, 401).at("code"), "identity.session_ended");
    post("/auth/logout", R"({"refresh_token":"never given out"})", 204);
    EXPECT_EQ(post("/auth/logout", R"({"refresh_token":1})", 422).at("code"), "invalid");
}

TEST_F(Identity, ASuspendedAccountGetsNoTokens) {
    const std::string token = refresh_token_of(post("/auth/register", std::string(somebody), 201));
    api.sql("update users set status = 'suspended' where email = 'somebody@demo.example'");
    EXPECT_EQ(refresh(token, 403).at("code"), "identity.account_suspended");
    EXPECT_EQ(post("/auth/login", R"({"email":"somebody@demo.example","password":"a long password"})", 403).at("code"),
              "identity.account_suspended");
}

TEST_F(Identity, MeNeedsSigningInAndChanges) {
    EXPECT_EQ(api.call({"GET", "/me", std::nullopt, "", ""}).status, 401);
    const test::TestUser user = api.make_user(Role::customer);
    const http::Response changed = api.put("/me", user, R"({"name":"Changed"})");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(json::parse(api.get("/me", user).body).at("name"), "Changed");
}

TEST_F(Identity, OnlyThePlatformsAdminsSeeTenants) {
    EXPECT_EQ(api.get("/admin/tenants", api.make_user(Role::customer)).status, 403);
    const http::Response response =
        api.get("/admin/tenants", api.make_user(Role::admin));  // of a tenant that is not the default
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(json::parse(response.body).at("code"), "identity.not_platform_admin");
}

}  // namespace
}  // namespace liveshop::identity
