// A session that ended takes its access tokens with it.
#include "modules/identity/revocations.hpp"

#include "modules/identity/tests/people.hpp"

namespace liveshop::identity {
namespace {

class RevocationsTest : public test::People {
  protected:
    RevocationsTest() {
        db::PoolSettings of_admin = api.database().pool_settings();
        of_admin.dsn = api.database().admin_dsn();
        admin_pool.emplace(api.io(), of_admin);
        revocations.emplace(*admin_pool, 600, [this](const Uuid& session) { told.push_back(session); });
    }
    ~RevocationsTest() override {
        admin_pool->close();
        test::run(api.io(), test::pause(std::chrono::milliseconds(50)));  // its connections end
    }
    void read() { test::run(api.io(), revocations->read()); }

    std::vector<Uuid> told;
    std::optional<db::Pool> admin_pool;
    std::optional<Revocations> revocations;
};

TEST_F(RevocationsTest, WhoIsSuspendedIsKnownByEverySession) {
    const test::TestUser user = register_as("customer"), other = register_as("customer", "other@demo.example");
    read();
    EXPECT_FALSE(revocations->contains(*user.session));
    api.put("/admin/users/" + user.id.to_string() + "/status", api.make_user(Role::admin),
            R"({"status":"suspended","reason":"A test."})");
    read();
    EXPECT_TRUE(revocations->contains(*user.session));
    EXPECT_FALSE(revocations->contains(*other.session));
    EXPECT_THAT(told, testing::ElementsAre(*user.session));
    read();
    EXPECT_EQ(told.size(), 1U) << "once";
}

TEST_F(RevocationsTest, SessionsThatEndByThemselvesToo) {
    const test::TestUser user = register_as("customer");
    post("/auth/logout", fmt::format(R"({{"refresh_token":"{}"}})", refresh_token));
    read();
    EXPECT_TRUE(revocations->contains(*user.session));
}

TEST_F(RevocationsTest, AProcessThatStartsKnowsWhatEndedBefore) {
    const test::TestUser user = register_as("customer");
    api.del("/me/sessions", user);
    api.sql("update sessions set ended_at = now() - interval '9 minutes'");
    read();
    EXPECT_TRUE(revocations->contains(*user.session));
}

TEST_F(RevocationsTest, WhatNoTokenCanBeGoodForAnyMoreIsForgotten) {
    const test::TestUser user = register_as("customer");
    api.del("/me/sessions", user);
    read();
    EXPECT_TRUE(revocations->contains(*user.session));
    api.sql("update sessions set ended_at = now() - interval '11 minutes'");
    read();
    EXPECT_FALSE(revocations->contains(*user.session));
}

}  // namespace
}  // namespace liveshop::identity
