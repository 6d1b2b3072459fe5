// What admins see of people and do about them.
#include "modules/identity/tests/people.hpp"

namespace liveshop::identity {
namespace {

class AdminUsers : public test::People {
  protected:
    /// Names on the page, in order.
    std::vector<std::string> names(const std::string& query) {
        const http::Response response = api.get("/admin/users" + query, admin);
        EXPECT_EQ(response.status, 200) << response.body;
        const json::value page = json_of(response);
        next = page.as_object().contains("next") ? json::value_to<std::string>(page.at("next")) : "";
        std::vector<std::string> listed;
        for (const json::value& user : page.at("users").as_array())
            listed.push_back(json::value_to<std::string>(user.at("name")));
        return listed;
    }
    test::TestUser make(Role role, std::string_view name) {
        const test::TestUser user = api.make_user(role);
        api.sql(fmt::format("update users set profile = jsonb_build_object('name', '{}') where id = '{}'", name,
                            user.id.to_string()));
        return user;
    }
    http::Response set(const test::TestUser& user, std::string_view body) {
        return api.put(fmt::format("/admin/users/{}/status", user.id.to_string()), admin, std::string(body));
    }

    const test::TestUser admin = api.make_user(Role::admin);
    std::string next;
};

const std::string suspend = R"({"status":"suspended","reason":"Sold what was not theirs."})";

TEST_F(AdminUsers, AreSearchedAndFiltered) {
    make(Role::customer, "Ada 100%");
    make(Role::driver, "Bert");
    const test::TestUser carl = make(Role::driver, "Carl");
    api.sql(fmt::format("update users set kyc_status = 'verified', email = 'carl_x@demo.example' where id = '{}'",
                        carl.id.to_string()));
    EXPECT_THAT(names("?role=driver"), testing::ElementsAre("Carl", "Bert"));
    EXPECT_THAT(names("?role=driver&kyc_status=verified"), testing::ElementsAre("Carl"));
    EXPECT_THAT(names("?q=ADA"), testing::ElementsAre("Ada 100%"));
    EXPECT_THAT(names("?q=%25"), testing::ElementsAre("Ada 100%")) << "a per cent sign is one";
    EXPECT_THAT(names("?q=carl_x@"), testing::ElementsAre("Carl"));
    EXPECT_THAT(names("?q=nobody"), testing::ElementsAre());
    EXPECT_THAT(names("?status=suspended"), testing::ElementsAre());
    EXPECT_EQ(outcome(api.get("/admin/users?role=king", admin)), "422 invalid");
}

TEST_F(AdminUsers, ComeInPagesNewestFirst) {
    for (int i = 0; i < 5; ++i) make(Role::customer, fmt::format("No {}", i));
    EXPECT_THAT(names("?role=customer&limit=2"), testing::ElementsAre("No 4", "No 3"));
    EXPECT_THAT(names("?role=customer&limit=2&after=" + next), testing::ElementsAre("No 2", "No 1"));
    EXPECT_THAT(names("?role=customer&limit=2&after=" + next), testing::ElementsAre("No 0"));
    EXPECT_EQ(next, "");
    EXPECT_EQ(json_of(api.get("/admin/users?role=customer&limit=2", admin)).at("total"), 5);
}

TEST_F(AdminUsers, AreOfTheAdminsTenantAlone) {
    const test::TestUser foreign = api.make_user(Role::admin, api.make_tenant("elsewhere"));
    const test::TestUser user = make(Role::customer, "Ours");
    EXPECT_EQ(json_of(api.get("/admin/users", foreign)).at("total"), 1);
    EXPECT_EQ(outcome(api.get("/admin/users/" + user.id.to_string(), foreign)), "404 not_found");
    EXPECT_EQ(outcome(api.put(fmt::format("/admin/users/{}/status", user.id.to_string()), foreign, suspend)),
              "404 not_found");
    EXPECT_EQ(outcome(api.get("/admin/users", user)), "403 forbidden");
    EXPECT_EQ(outcome(api.get("/admin/users/" + user.id.to_string(), user)), "403 forbidden");
}

TEST_F(AdminUsers, ASuspendedPersonIsOutAtOnceAndMayBeLetIn) {
    const test::TestUser user = register_as("customer");
    const std::string token = refresh_token;
    EXPECT_EQ(outcome(set(user, R"({"status":"suspended"})")), "422 invalid") << "without a reason";
    const http::Response suspended = set(user, suspend);
    ASSERT_EQ(suspended.status, 200) << suspended.body;
    EXPECT_EQ(json_of(suspended).at("status"), "suspended");
    EXPECT_FALSE(is_signed_in(token));
    EXPECT_EQ(sign_in("somebody@demo.example"), "403 identity.account_suspended");
    EXPECT_EQ(outcome(set(user, suspend)), "409 identity.status_unchanged");
    EXPECT_EQ(set(user, R"({"status":"active"})").status, 200);
    EXPECT_EQ(outcome(set(user, R"({"status":"active"})")), "409 identity.status_unchanged");
    EXPECT_EQ(sign_in("somebody@demo.example"), "200");
    EXPECT_FALSE(is_signed_in(token)) << "what ended stays ended";

    const json::value file = json_of(api.get("/admin/users/" + user.id.to_string(), admin));
    EXPECT_EQ(file.at("session_count"), 1);
    ASSERT_EQ(file.at("audit").as_array().size(), 2U);
    EXPECT_EQ(file.at("audit").at(0).at("action"), "user.reactivate");
    EXPECT_EQ(file.at("audit").at(1).at("action"), "user.suspend");
    EXPECT_EQ(file.at("audit").at(1).at("detail").at("reason"), "Sold what was not theirs.");
    EXPECT_EQ(json::value_to<std::string>(file.at("audit").at(1).at("actor_id")), admin.id.to_string());
}

TEST_F(AdminUsers, NobodyShutsThemselvesOut) {
    EXPECT_EQ(outcome(set(admin, suspend)), "409 identity.own_account");
    EXPECT_EQ(outcome(set({admin.tenant_id, UserId::make(), Role::customer}, suspend)), "404 not_found");
}

TEST_F(AdminUsers, WhatIsWrittenDownStays) {
    set(make(Role::customer, "X"), suspend);
    for (const char* statement : {"delete from audit_log", "update audit_log set action = 'nothing'"})
        EXPECT_THROW(
            api.sql(fmt::format("begin; set local role liveshop_app; select set_config('app.tenant', '{}', true); {}",
                                api.tenant_id().to_string(), statement)),
            std::runtime_error);
}

}  // namespace
}  // namespace liveshop::identity
