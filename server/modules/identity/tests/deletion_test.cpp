// Deleting one's account: what names the person goes, what others need stays.
#include "modules/identity/tests/people.hpp"

namespace liveshop::identity {
namespace {

const std::string with_password = R"({"password":"a long password"})";

class Deletion : public test::People {};

TEST_F(Deletion, NothingThatNamesThePersonStays) {
    const test::TestUser user = register_as("driver", "named@demo.example");
    verify_email_of(user);
    api.put("/me", user, R"({"name":"Named Person","phone":"+49 170 5550123"})");
    put_picture("/me/avatar", user, test::red_picture);
    for (const char* kind : {"identity_front", "driving_licence"})
        put_picture(fmt::format("/me/kyc/documents/{}", kind), user, test::blue_picture);
    api.post("/me/kyc", user, R"({"legal_name":"Legal Named Person","date_of_birth":"1990-01-31"})");
    api.post(
        "/me/addresses", user,
        R"({"label":"Home","street":"77 Named Way","city":"Berlin","zip":"10115","country":"DE","lat":52,"lng":13})");
    api.run_jobs();
    const std::string token = refresh_token;
    ASSERT_EQ(del("/me", user, with_password).status, 204);
    api.run_jobs();

    const std::string everything =
        "select string_agg(row, ' ') from (select u::text as row from users u union all select a::text from addresses a"
        " union all select v::text from verifications v union all select k::text from kyc_submissions k union all"
        " select d::text from kyc_documents d union all select s::text from sessions s union all select l::text from"
        " audit_log l) rows";
    const std::string rows = api.sql(everything);
    for (const char* trace : {"named@", "Named", "5550123", "1990-01-31", ".webp"})
        EXPECT_EQ(rows.find(trace), rows.npos) << trace;
    EXPECT_EQ(public_folder.files() + private_folder.files(), 0U);
    EXPECT_FALSE(is_signed_in(token));
    EXPECT_EQ(sign_in("named@demo.example"), "401 identity.wrong_credentials");
    EXPECT_EQ(api.get("/me", user).status, 401);
    EXPECT_EQ(user_column(user, "role || ' ' || (deleted_at is not null)"), "driver true") << "the row stays";
    EXPECT_THAT(test::facts(), testing::Contains("account_deleted " + user.id.to_string()));
    EXPECT_EQ(api.sql("select count(*) from audit_log where action = 'user.delete'"), "1");
}

TEST_F(Deletion, AsksForThePasswordOnceMore) {
    const test::TestUser user = register_as("customer");
    EXPECT_EQ(outcome(del("/me", user, R"({"password":"a wrong password"})")), "403 identity.wrong_password");
    EXPECT_EQ(outcome(del("/me", user, "{}")), "422 invalid");
    EXPECT_EQ(outcome(api.del("/me?password=a%20long%20password", user)), "422 invalid") << "never in an address";
    EXPECT_EQ(api.call({"DELETE", "/me", std::nullopt, with_password, ""}).status, 401);
    EXPECT_EQ(sign_in("somebody@demo.example"), "200");
}

TEST_F(Deletion, IsRefusedWhileSomethingIsUnderWay) {
    const test::TestUser user = register_as("customer");
    const auto hold = [](std::optional<std::string> reason) {
        return DeletionHold{[reason](Ctx&, UserId) -> awaitable<std::optional<std::string>> { co_return reason; }};
    };
    holds = {hold("An order is on its way."), hold(std::nullopt), hold("A delivery is not done.")};
    const http::Response refused = del("/me", user, with_password);
    EXPECT_EQ(outcome(refused), "409 identity.account_in_use");
    EXPECT_EQ(json_of(refused).at("detail"), "An order is on its way. A delivery is not done.");
    EXPECT_EQ(sign_in("somebody@demo.example"), "200");
    holds = {hold(std::nullopt)};
    EXPECT_EQ(del("/me", user, with_password).status, 204);
}

TEST_F(Deletion, TheAddressIsFreeForANewAccount) {
    const test::TestUser user = register_as("customer");
    ASSERT_EQ(del("/me", user, with_password).status, 204);
    const test::TestUser again = register_as("customer");
    EXPECT_NE(again.id, user.id);
}

TEST_F(Deletion, ADeletedAccountIsInNoList) {
    const test::TestUser user = register_as("customer"), admin = api.make_user(Role::admin);
    del("/me", user, with_password);
    EXPECT_EQ(json_of(api.get("/admin/users", admin)).at("total"), 1);
    EXPECT_EQ(outcome(api.get("/admin/users/" + user.id.to_string(), admin)), "404 not_found");
    EXPECT_EQ(outcome(del("/me", user, with_password)), "403 identity.wrong_password");
}

}  // namespace
}  // namespace liveshop::identity
