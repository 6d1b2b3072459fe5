// Papers are handed in, looked at by an admin, and decided; nobody else sees them.
#include "modules/identity/tests/people.hpp"

namespace liveshop::identity {
namespace {

const std::string person = R"({"legal_name":"Some Legal Body","date_of_birth":"1990-01-31"})";

class Kyc : public test::People {
  protected:
    test::TestUser driver_with_papers(std::string_view email = "driver@demo.example") {
        const test::TestUser driver = register_as("driver", email);
        verify_email_of(driver);
        for (const char* kind : {"identity_front", "driving_licence"}) EXPECT_EQ(put(driver, kind).status, 200) << kind;
        return driver;
    }
    http::Response put(const test::TestUser& user, std::string_view kind) {
        return put_picture(fmt::format("/me/kyc/documents/{}", kind), user, test::red_picture);
    }
    http::Response decide(const test::TestUser& user, std::string_view what, const test::TestUser& by) {
        return api.post(fmt::format("/admin/kyc/{}/{}", user.id.to_string(), what), by,
                        what == "reject" ? R"({"reason":"The picture is blurred."})" : "{}");
    }
    bool is_verified(const test::TestUser& user) {
        bool verified = false;
        api.with_ctx(user, [&](Ctx& ctx) -> awaitable<void> { verified = co_await is_kyc_verified(ctx, user.id); });
        return verified;
    }
    std::size_t queue(std::string_view status = "") {
        const std::string path = status.empty() ? "/admin/kyc" : fmt::format("/admin/kyc?status={}", status);
        return json_of(api.get(path, admin)).at("submissions").as_array().size();
    }

    const test::TestUser admin = api.make_user(Role::admin);
};

TEST_F(Kyc, ADriverIsVerified) {
    const test::TestUser driver = driver_with_papers();
    EXPECT_EQ(queue(), 0U);
    const http::Response submitted = api.post("/me/kyc", driver, person);
    ASSERT_EQ(submitted.status, 201) << submitted.body;
    EXPECT_EQ(json_of(submitted).at("submission").at("status"), "pending");
    EXPECT_EQ(queue(), 1U);
    EXPECT_FALSE(is_verified(driver));
    ASSERT_EQ(decide(driver, "verify", admin).status, 200);
    EXPECT_TRUE(is_verified(driver));
    EXPECT_EQ(queue(), 0U);
    EXPECT_EQ(queue("verified"), 1U);
    EXPECT_EQ(json_of(api.get("/me/kyc", driver)).at("status"), "verified");
    EXPECT_EQ(json_of(api.get("/me", driver)).at("kyc_status"), "verified");
    api.run_jobs();
    EXPECT_THAT(test::facts(), testing::Contains("kyc_decided " + driver.id.to_string()));
    EXPECT_EQ(api.sql("select actor_id || ' ' || action || ' ' || subject_id from audit_log"),
              fmt::format("{} kyc.verify {}", admin.id.to_string(), driver.id.to_string()));
}

TEST_F(Kyc, WhoIsNotVerifiedIsToldToBe) {
    const test::TestUser driver = driver_with_papers();
    const auto asks = [&] {
        try {
            api.with_ctx(driver, [](Ctx& ctx) -> awaitable<void> { co_await require_kyc_verified(ctx); });
        } catch (const Fail& fail) {
            return std::string(fail.row.code);
        }
        return std::string("passes");
    };
    EXPECT_EQ(asks(), "identity.kyc_required");
    api.post("/me/kyc", driver, person);
    EXPECT_EQ(asks(), "identity.kyc_required");
    decide(driver, "verify", admin);
    EXPECT_EQ(asks(), "passes");
}

TEST_F(Kyc, ARejectionHasAReasonAndMayBeAnswered) {
    const test::TestUser driver = driver_with_papers();
    api.post("/me/kyc", driver, person);
    const std::string path = "/admin/kyc/" + driver.id.to_string() + "/reject";
    EXPECT_EQ(outcome(api.post(path, admin, "{}")), "422 invalid") << "without a reason";
    ASSERT_EQ(decide(driver, "reject", admin).status, 200);
    const json::value mine = json_of(api.get("/me/kyc", driver));
    EXPECT_EQ(mine.at("status"), "rejected");
    EXPECT_EQ(mine.at("submission").at("reason"), "The picture is blurred.");
    EXPECT_FALSE(is_verified(driver));
    EXPECT_EQ(outcome(api.post("/me/kyc", driver, person)), "409 identity.kyc_documents_missing");
    put(driver, "identity_front");
    put(driver, "driving_licence");
    EXPECT_EQ(api.post("/me/kyc", driver, person).status, 201);
    EXPECT_EQ(json_of(api.get("/me/kyc", driver)).at("status"), "pending");
    EXPECT_EQ(decide(driver, "verify", admin).status, 200);
    EXPECT_EQ(api.sql("select detail->>'reason' from audit_log where action = 'kyc.reject'"),
              "The picture is blurred.");
}

TEST_F(Kyc, WhatIsAskedForMustBeThere) {
    const test::TestUser driver = register_as("driver");
    EXPECT_EQ(outcome(api.post("/me/kyc", driver, person)), "403 identity.email_unverified");
    verify_email_of(driver);
    put(driver, "identity_front");
    const http::Response missing = api.post("/me/kyc", driver, person);
    EXPECT_EQ(outcome(missing), "409 identity.kyc_documents_missing");
    EXPECT_EQ(json_of(missing).at("detail"), "driving_licence");
    EXPECT_EQ(outcome(api.post("/me/kyc", driver, R"({"legal_name":"X","date_of_birth":"2020-01-01"})")),
              "422 invalid");
    EXPECT_EQ(outcome(put(driver, "passport")), "422 invalid");
    EXPECT_EQ(outcome(put_picture("/me/kyc/documents/selfie", driver, "no picture")),
              "422 identity.picture_unreadable");

    const test::TestUser seller = register_as("store_owner", "seller@demo.example");
    verify_email_of(seller);
    EXPECT_EQ(outcome(api.post("/me/kyc", seller, person)), "422 invalid") << "a business has a name";
    put(seller, "identity_front");
    put(seller, "business_registration");
    EXPECT_EQ(api.post("/me/kyc", seller, R"({"legal_name":"X","date_of_birth":"1990-01-01","business_name":"X Ltd"})")
                  .status,
              201);
}

TEST_F(Kyc, NothingIsTakenWhileADecisionIsDueOrAfterIt) {
    const test::TestUser driver = driver_with_papers();
    api.post("/me/kyc", driver, person);
    EXPECT_EQ(outcome(put(driver, "selfie")), "409 identity.kyc_pending_already");
    EXPECT_EQ(outcome(api.post("/me/kyc", driver, person)), "409 identity.kyc_pending_already");
    decide(driver, "verify", admin);
    EXPECT_EQ(outcome(put(driver, "selfie")), "409 identity.kyc_verified_already");
    EXPECT_EQ(outcome(api.post("/me/kyc", driver, person)), "409 identity.kyc_verified_already");
    EXPECT_EQ(outcome(decide(driver, "reject", admin)), "409 identity.kyc_not_pending");
}

TEST_F(Kyc, OfTwoAdminsOneDecides) {
    const test::TestUser driver = driver_with_papers(), second = api.make_user(Role::admin);
    api.post("/me/kyc", driver, person);
    const std::string path = "/admin/kyc/" + driver.id.to_string();
    int decided = 0;
    for (const http::Response& response :
         api.call_all({{"POST", path + "/verify", admin, "", ""},
                       {"POST", path + "/reject", second, R"({"reason":"No good."})", ""},
                       {"POST", path + "/verify", second, "", ""}}))
        decided += response.status == 200 ? 1 : 0;
    EXPECT_EQ(decided, 1);
    EXPECT_EQ(api.sql("select count(*) from audit_log"), "1");
    EXPECT_EQ(api.sql("select count(*) from kyc_submissions s join users u on u.id = s.user_id"
                      " where s.status = u.kyc_status"),
              "1");
}

TEST_F(Kyc, DocumentsArePrivate) {
    const test::TestUser driver = driver_with_papers();
    EXPECT_EQ(public_folder.files(), 0U) << "nothing under /files";
    EXPECT_EQ(private_folder.files(), 2U);
    const std::string id = api.sql("select id from kyc_documents order by kind limit 1");
    const std::string path = fmt::format("/admin/kyc/{}/documents/{}", driver.id.to_string(), id);
    EXPECT_EQ(outcome(api.get(path, admin)), "404 not_found") << "not handed in yet";
    api.post("/me/kyc", driver, person);
    const http::Response document = api.get(path, admin);
    EXPECT_EQ(document.status, 200);
    EXPECT_EQ(document.content_type, "image/webp");
    EXPECT_EQ(document.body.substr(8, 4), "WEBP");

    EXPECT_EQ(outcome(api.get(path, driver)), "403 forbidden");
    EXPECT_EQ(outcome(api.get(path, api.make_user(Role::store_owner))), "403 forbidden");
    EXPECT_EQ(api.call({"GET", path, std::nullopt, "", ""}).status, 401);
    const TenantId elsewhere = api.make_tenant("elsewhere");
    EXPECT_EQ(outcome(api.get(path, api.make_user(Role::admin, elsewhere))), "404 not_found");
    EXPECT_EQ(outcome(api.get(fmt::format("/admin/kyc/{}/documents/{}", admin.id.to_string(), id), admin)),
              "404 not_found")
        << "of somebody else";
}

TEST_F(Kyc, ADraftIsReplacedAndTakenBackWithItsFile) {
    const test::TestUser driver = driver_with_papers();
    EXPECT_EQ(put(driver, "identity_front").status, 200);
    api.run_jobs();
    EXPECT_EQ(private_folder.files(), 2U);
    EXPECT_EQ(api.del("/me/kyc/documents/identity_front", driver).status, 204);
    EXPECT_EQ(outcome(api.del("/me/kyc/documents/identity_front", driver)), "404 not_found");
    api.run_jobs();
    EXPECT_EQ(private_folder.files(), 1U);
}

TEST_F(Kyc, TheQueueIsTheAdminsOfTheTenantAlone) {
    const test::TestUser driver = driver_with_papers();
    api.post("/me/kyc", driver, person);
    const std::string path = "/admin/kyc/" + driver.id.to_string();
    const json::value file = json_of(api.get(path, admin));
    EXPECT_EQ(file.at("submission").at("legal_name"), "Some Legal Body");
    EXPECT_EQ(file.at("documents").as_array().size(), 2U);
    const test::TestUser foreign = api.make_user(Role::admin, api.make_tenant("elsewhere"));
    EXPECT_EQ(json_of(api.get("/admin/kyc", foreign)).at("submissions").as_array().size(), 0U);
    EXPECT_EQ(outcome(api.get(path, foreign)), "404 not_found");
    EXPECT_EQ(outcome(decide(driver, "verify", foreign)), "404 not_found");
    EXPECT_EQ(outcome(api.get("/admin/kyc", driver)), "403 forbidden");
    EXPECT_EQ(outcome(decide(driver, "verify", driver)), "403 forbidden");
    EXPECT_EQ(outcome(api.get("/admin/kyc/" + admin.id.to_string(), admin)), "404 not_found");
    EXPECT_EQ(outcome(decide(admin, "verify", admin)), "409 identity.kyc_not_pending");
    EXPECT_EQ(outcome(api.get("/me/kyc", api.make_user(Role::customer))), "403 forbidden");
}

TEST_F(Kyc, TheQueueIsOldestFirst) {
    for (const char* email : {"first@demo.example", "second@demo.example"}) {
        const test::TestUser driver = driver_with_papers(email);
        EXPECT_EQ(api.post("/me/kyc", driver, person).status, 201);
    }
    const json::value list = json_of(api.get("/admin/kyc", admin)).at("submissions");
    ASSERT_EQ(list.as_array().size(), 2U);
    EXPECT_EQ(list.at(0).at("email"), "first@demo.example");
}

}  // namespace
}  // namespace liveshop::identity
