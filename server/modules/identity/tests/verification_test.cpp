// Codes: they expire, work once, are limited, and tell nobody who has an account.
#include "modules/identity/verification.hpp"

#include "modules/identity/tests/people.hpp"

namespace liveshop::identity {
namespace {

constexpr std::string_view email = "somebody@demo.example";

class Verification : public test::People {
  protected:
    std::string forgot(std::string_view address = email) {
        const http::Response response = post("/auth/forgot-password", fmt::format(R"({{"email":"{}"}})", address));
        EXPECT_EQ(response.status, 200) << response.body;
        api.run_jobs();
        return verification_in(response);
    }
    std::string reset(const std::string& id, std::string_view code, std::string_view to = "another password") {
        return outcome(post("/auth/reset-password",
                            fmt::format(R"({{"verification_id":"{}","code":"{}","password":"{}"}})", id, code, to)));
    }
    std::string verify(std::string_view contact, const std::string& id, std::string_view code,
                       std::optional<test::TestUser> user = std::nullopt) {
        return outcome(api.call({"POST", fmt::format("/auth/verify-{}", contact), user,
                                 fmt::format(R"({{"verification_id":"{}","code":"{}"}})", id, code), ""}));
    }
};

TEST_F(Verification, ForgottenPasswordIsSetAnewAndEverybodySignedOut) {
    const test::TestUser user = register_as("customer");
    const std::string token = refresh_token, id = forgot();
    EXPECT_EQ(reset(id, code_for(id)), "204");
    EXPECT_EQ(sign_in(email), "401 identity.wrong_credentials");
    EXPECT_EQ(sign_in(email, "another password"), "200");
    EXPECT_FALSE(is_signed_in(token));
    EXPECT_EQ(user_column(user, "email_verified_at is not null"), "t") << "the code came to that address";
    api.run_jobs();
    EXPECT_THAT(test::facts(), testing::Contains("password_changed " + user.id.to_string()));
}

TEST_F(Verification, ACodeWorksOnce) {
    register_as("customer");
    const std::string id = forgot(), code = code_for(id);
    EXPECT_EQ(reset(id, code), "204");
    EXPECT_EQ(reset(id, code, "a third password"), "422 identity.code_invalid");
    EXPECT_EQ(sign_in(email, "another password"), "200");
}

TEST_F(Verification, OfTwoWhoUseACodeAtOnceOneGetsThrough) {
    register_as("customer");
    const std::string id = forgot(), code = code_for(id);
    std::vector<test::TestCall> calls;
    for (int i = 0; i < 4; ++i)
        calls.push_back(
            {"POST", "/auth/reset-password", std::nullopt,
             fmt::format(R"({{"verification_id":"{}","code":"{}","password":"password no {}"}})", id, code, i), ""});
    int through = 0;
    for (const http::Response& response : api.call_all(std::move(calls))) through += response.status == 204 ? 1 : 0;
    EXPECT_EQ(through, 1);
}

TEST_F(Verification, ACodeExpires) {
    register_as("customer");
    const std::string id = forgot(), code = code_for(id);
    api.sql("update verifications set expires_at = now() - interval '1 second'");
    EXPECT_EQ(reset(id, code), "422 identity.code_invalid");
    EXPECT_FALSE(code_to_send(id)) << "nothing to send any more";
    EXPECT_EQ(sign_in(email), "200");
}

TEST_F(Verification, ACodeHasFiveTriesThatCount) {
    register_as("customer");
    const std::string id = forgot(), code = code_for(id);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(reset(id, "00000000"), "422 identity.code_invalid");
    EXPECT_EQ(reset(id, code), "422 identity.code_invalid") << "the right one comes too late";
    EXPECT_EQ(api.sql("select attempts from verifications where id = '" + id + "'"), "5");
    const std::string second = forgot();
    for (int i = 0; i < 4; ++i) reset(second, "00000000");
    EXPECT_EQ(reset(second, code_for(second)), "204");
}

TEST_F(Verification, TriesOfAStrangerCostTheOwnerNothing) {
    register_as("customer");
    const std::string of_owner = forgot(), of_stranger = forgot();
    for (int i = 0; i < 6; ++i) reset(of_stranger, "00000000");
    EXPECT_EQ(reset(of_owner, code_for(of_owner)), "204");
}

TEST_F(Verification, WhatWasSentBeforeAResetDoesNotWorkAfterIt) {
    register_as("customer");
    const std::string first = forgot(), second = forgot(), code = code_for(first);
    EXPECT_EQ(reset(second, code_for(second)), "204");
    EXPECT_EQ(reset(first, code), "422 identity.code_invalid");
}

// The same words, the same rows written by the request, the same answers to every try.
TEST_F(Verification, NothingTellsWhetherThereIsAnAccount) {
    register_as("customer");
    api.run_jobs();
    const auto work_of = [&](std::string_view address) {
        api.sql("delete from jobs");
        const http::Response response = post("/auth/forgot-password", fmt::format(R"({{"email":"{}"}})", address));
        json::object answer = json_of(response).as_object();
        EXPECT_EQ(answer.erase("verification_id"), 1U);
        const std::string written = api.sql(
            "select string_agg(kind, ',') || (select count(*) from verifications where purpose = 'reset_password')"
            " from jobs");
        return fmt::format("{} {} {}", response.status, json::serialize(answer), written);
    };
    EXPECT_EQ(work_of("nobody@demo.example"), work_of(email));

    const std::string known = forgot(), unknown = forgot("nobody@demo.example");
    EXPECT_EQ(api.sql("select user_id is null from verifications where id = '" + unknown + "'"), "t");
    EXPECT_FALSE(code_to_send(unknown)) << "nothing is sent";
    for (int i = 0; i < 7; ++i) EXPECT_EQ(reset(known, "00000000"), reset(unknown, "00000000")) << i;
    EXPECT_EQ(
        api.sql("select count(distinct attempts) from verifications where id in ('" + known + "', '" + unknown + "')"),
        "1");
}

// Even who could guess the code of nobody gets nowhere.
TEST_F(Verification, TheCodeOfNobodyIsNoCode) {
    const std::string id = forgot("nobody@demo.example");
    const Nonce nonce = Nonce::parse(api.sql("select nonce from verifications where id = '" + id + "'")).value();
    const std::string code = [&] {
        std::string derived;
        api.with_ctx(api.make_user(Role::admin), [&](Ctx& ctx) -> awaitable<void> {
            derived = derive_code(ctx.services.get<const Settings>().token_secret, VerificationId::parse(id).value(),
                                  nonce, VerificationPurpose::reset_password);
            co_return;
        });
        return derived;
    }();
    EXPECT_EQ(reset(id, code), "422 identity.code_invalid");
}

TEST_F(Verification, FiveCodesAnHourToOneAddressAndNobodyIsToldWhenTheyAreUp) {
    register_as("customer");
    for (const std::string_view address : {email, std::string_view("nobody@demo.example")}) {
        for (int i = 0; i < 7; ++i) forgot(address);
        EXPECT_EQ(api.sql(fmt::format("select count(*) from verifications where destination = '{}' and purpose ="
                                      " 'reset_password'",
                                      address)),
                  "5");
    }
    api.sql("update verifications set created_at = created_at - interval '61 minutes'");
    forgot();
    EXPECT_EQ(api.sql("select count(*) from verifications where purpose = 'reset_password' and user_id is not null"),
              "6");
}

TEST_F(Verification, OneAddressOfTheNetworkAsksTwentyTimesAnHour) {
    int taken = 0;
    std::string last;
    for (int i = 0; i < 21; ++i) {
        last = outcome(post("/auth/forgot-password", fmt::format(R"({{"email":"a{}@demo.example"}})", i)));
        taken += last == "200" ? 1 : 0;
    }
    EXPECT_EQ(taken, 20);
    EXPECT_EQ(last, "429 rate_limited");
}

TEST_F(Verification, TheCodeIsWrittenNowhere) {
    register_as("customer");
    const std::string id = forgot(), code = code_for(id);
    api.sql("insert into jobs (kind, payload) values ('test.probe', '{\"code\": \"CODE-PROBE\"}')");
    const auto found = [&](const std::string& text) {
        return api.sql(
            fmt::format("select count(*) from (select jobs::text as row from jobs union all"
                        " select v::text from verifications v union all select u::text from users u) rows"
                        " where row like '%{}%'",
                        text));
    };
    EXPECT_EQ(found("CODE-PROBE"), "1") << "the search finds what is there";
    EXPECT_EQ(found(code), "0");
}

TEST_F(Verification, WhoSendsACodeIsGivenWhereToAndThePageForIt) {
    const test::TestUser user = register_as("customer");
    const std::string id = forgot();
    const std::optional<CodeToSend> code = code_to_send(id);
    ASSERT_TRUE(code);
    EXPECT_EQ(code->user_id, user.id);
    EXPECT_EQ(code->name, "Some Body");
    EXPECT_EQ(code->destination, email);
    EXPECT_EQ(code->path, "/reset-password#verification_id=" + id + "&code=" + code->code);
    EXPECT_THAT(test::facts(), testing::Contains("verification_requested " + id));
}

TEST_F(Verification, ANewAccountWaitsForItsAddressToBeConfirmed) {
    const test::TestUser user = register_as("customer");
    api.run_jobs();
    EXPECT_THAT(test::facts(), testing::Contains("user_registered " + user.id.to_string()));
    EXPECT_EQ(user_column(user, "status"), "pending_verification");
    const std::string id = latest_verification(user, "verify_email");
    EXPECT_THAT(test::facts(), testing::Contains("verification_requested " + id));
    EXPECT_EQ(verify("email", id, "ZZZZZZZZ"), "422 identity.code_invalid");
    EXPECT_EQ(verify("email", id, code_for(id)), "204");
    const json::value me = json_of(api.get("/me", user));
    EXPECT_EQ(me.at("status"), "active");
    EXPECT_EQ(me.at("is_email_verified"), true);
    EXPECT_EQ(problem(api.post("/auth/verifications", user, R"({"contact":"email"})")),
              "identity.email_verified_already");
}

TEST_F(Verification, WhoIsSignedInNeedNotNameTheCodesId) {
    const test::TestUser user = register_as("customer");
    const std::string code = code_for(latest_verification(user, "verify_email"));
    EXPECT_EQ(outcome(post("/auth/verify-email", fmt::format(R"({{"code":"{}"}})", code))), "401 unauthenticated");
    std::string typed = code;
    typed.insert(4, " - ");
    EXPECT_EQ(outcome(api.post("/auth/verify-email", user, fmt::format(R"({{"code":"{}"}})", typed))), "204");
    EXPECT_EQ(outcome(api.post("/auth/verify-email", user, fmt::format(R"({{"code":"{}"}})", code))),
              "422 identity.code_invalid");
}

TEST_F(Verification, ACodeOfOnePurposeServesNoOther) {
    const test::TestUser user = register_as("customer");
    const std::string id = latest_verification(user, "verify_email");
    EXPECT_EQ(reset(id, code_for(id)), "422 identity.code_invalid");
    const std::string of_reset = forgot();
    EXPECT_EQ(verify("email", of_reset, code_for(of_reset)), "422 identity.code_invalid");
}

TEST_F(Verification, ASuspendedAccountIsNotLiftedByACode) {
    const test::TestUser user = register_as("customer");
    const std::string id = latest_verification(user, "verify_email"), code = code_for(id);
    api.sql("update users set status = 'suspended'");
    EXPECT_EQ(verify("email", id, code), "204");
    EXPECT_EQ(user_column(user, "status"), "suspended");
}

TEST_F(Verification, APhoneIsConfirmedByItsOwner) {
    const test::TestUser user = register_as("driver");
    EXPECT_EQ(outcome(api.post("/auth/verifications", user, R"({"contact":"phone"})")), "409 identity.phone_missing");
    api.put("/me", user, R"({"phone":"+49 170 1234567"})");
    const std::string id = verification_in(api.post("/auth/verifications", user, R"({"contact":"phone"})"));
    const std::optional<CodeToSend> code = code_to_send(id);
    ASSERT_TRUE(code);
    EXPECT_EQ(code->destination, "+491701234567");
    EXPECT_EQ(code->code.size(), 6U);
    EXPECT_EQ(verify("phone", id, code->code), "401 unauthenticated");
    EXPECT_EQ(verify("phone", id, code->code, api.make_user(Role::driver)), "422 identity.code_invalid");
    EXPECT_EQ(outcome(api.post("/auth/verifications", user, R"({"contact":"phone"})")), "201");
    const std::string again = latest_verification(user, "verify_phone");
    EXPECT_EQ(verify("phone", again, code_for(again), user), "204");
    EXPECT_EQ(json_of(api.get("/me", user)).at("is_phone_verified"), true);
    EXPECT_EQ(problem(api.post("/auth/verifications", user, R"({"contact":"phone"})")),
              "identity.phone_verified_already");
}

TEST_F(Verification, ANumberChangedMeanwhileIsNotConfirmed) {
    const test::TestUser user = register_as("driver");
    api.put("/me", user, R"({"phone":"+49 170 1234567"})");
    const std::string id = verification_in(api.post("/auth/verifications", user, R"({"contact":"phone"})"));
    const std::string code = code_for(id);
    api.put("/me", user, R"({"phone":"+49 170 7654321"})");
    EXPECT_EQ(verify("phone", id, code, user), "422 identity.code_invalid");
    EXPECT_EQ(json_of(api.get("/me", user)).at("is_phone_verified"), false);
}

TEST_F(Verification, NewCodesAreLimitedAndSaidSo) {
    const test::TestUser user = register_as("customer");  // and the first code
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(outcome(api.post("/auth/verifications", user, R"({"contact":"email"})")), "201");
    EXPECT_EQ(outcome(api.post("/auth/verifications", user, R"({"contact":"email"})")), "409 identity.codes_exhausted");
}

TEST_F(Verification, ANewAddressIsMineWhenItIsConfirmed) {
    const test::TestUser user = register_as("customer");
    EXPECT_EQ(outcome(api.put("/me/email", user, R"({"email":"new@demo.example","password":"a wrong password"})")),
              "403 identity.wrong_password");
    const std::string id =
        verification_in(api.put("/me/email", user, R"({"email":"New@demo.example","password":"a long password"})"));
    const std::optional<CodeToSend> code = code_to_send(id);
    ASSERT_TRUE(code);
    EXPECT_EQ(code->destination, "new@demo.example");
    EXPECT_EQ(code->account_email, email) << "to be warned";
    EXPECT_EQ(sign_in("new@demo.example"), "401 identity.wrong_credentials") << "not yet";
    EXPECT_EQ(verify("email", id, code->code), "204");
    EXPECT_EQ(sign_in("new@demo.example"), "200");
    EXPECT_EQ(sign_in(email), "401 identity.wrong_credentials");
}

TEST_F(Verification, AnAddressThatIsTakenIsToldToWhoReadsItsMailOnly) {
    const test::TestUser user = register_as("customer");
    register_as("customer", "other@demo.example");
    const std::string id =
        verification_in(api.put("/me/email", user, R"({"email":"other@demo.example","password":"a long password"})"));
    EXPECT_EQ(verify("email", id, code_for(id)), "409 identity.email_taken");
}

TEST_F(Verification, OldCodesAreForgotten) {
    register_as("customer");
    api.sql("update verifications set expires_at = now() - interval '25 hours'");
    api.enqueue("identity.forget_expired_tokens", api.tenant_id());
    api.run_jobs();
    EXPECT_EQ(api.sql("select count(*) from verifications"), "0");
}

}  // namespace
}  // namespace liveshop::identity
