#pragma once
// People as the identity module keeps them, called through the API's door.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "modules/identity/api.hpp"
#include "modules/identity/password.hpp"
#include "modules/identity/routes.hpp"
#include "platform/pictures/pictures.hpp"
#include "platform/private_files.hpp"
#include "platform/storage.hpp"
#include "tests/support/test_api.hpp"

namespace liveshop::identity::test {

using namespace liveshop::test;

/// What the subscribers of the module's facts were told: "identity.user_registered <user id>".
inline std::vector<std::string>& facts() {
    static std::vector<std::string> told;
    return told;
}
template <int N>
awaitable<void> note_user(Ctx&, UserFact fact) {
    constexpr std::array<std::string_view, 4> names{"user_registered", "password_changed", "kyc_decided",
                                                    "account_deleted"};
    facts().push_back(fmt::format("{} {}", names[N], fact.user_id.to_string()));
    co_return;
}
inline awaitable<void> note_verification(Ctx&, VerificationRequested fact) {
    facts().push_back("verification_requested " + fact.verification_id.to_string());
    co_return;
}

inline jobs::Table rows_with_subscribers() {
    jobs::Table rows = job_rows();
    rows.push_back(jobs::subscriber<note_user<0>>("test.registered", "identity.user_registered"));
    rows.push_back(jobs::subscriber<note_user<1>>("test.password", "identity.password_changed"));
    rows.push_back(jobs::subscriber<note_user<2>>("test.kyc", "identity.kyc_decided"));
    rows.push_back(jobs::subscriber<note_user<3>>("test.deleted", "identity.account_deleted"));
    rows.push_back(jobs::subscriber<note_verification>("test.verification", "identity.verification_requested"));
    return rows;
}

/// Two pictures of four by four pixels, PNG.
inline const std::string red_picture(
    "\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x04\x00\x00\x00\x04\x08"
    "\x02\x00\x00\x00\x26\x93\x09\x29\x00\x00\x00\x10\x49\x44\x41\x54\x78\xda\x63\x38\x21\x27\x07\x47\x0c"
    "\xc4\x71\x00\xb1\x63\x10\x41\xd3\x4a\xcc\x0d\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82",
    73);
inline const std::string blue_picture(
    "\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x04\x00\x00\x00\x04\x08"
    "\x02\x00\x00\x00\x26\x93\x09\x29\x00\x00\x00\x10\x49\x44\x41\x54\x78\xda\x63\x90\x93\x3b\x01\x47\x0c"
    "\xc4\x71\x00\x9c\x23\x10\x41\x89\xb8\x6a\x91\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82",
    73);

class Folder {
  public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "liveshop-identity-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw std::runtime_error("no folder for the test");
        path_ = name;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }
    std::size_t files() const {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path_)) count += entry.is_regular_file();
        return count;
    }

  private:
    std::filesystem::path path_;
};

constexpr std::string_view password = "a long password";

class People : public testing::Test {
  protected:
    People() {
        facts().clear();
        settings.token_secret = Secret{std::string(32, 's')};
        api.services().add(std::as_const(settings));
        api.services().add(hasher);
        api.services().add(studio);
        api.services().add(storage);
        api.services().add(private_files);
        api.services().add(std::as_const(holds));
    }

    /// A visitor's call.
    http::Response post(std::string path, std::string body) {
        return api.call({"POST", std::move(path), std::nullopt, std::move(body), ""});
    }
    http::Response put_picture(std::string path, const TestUser& user, std::string bytes,
                               std::string type = "image/png") {
        return api.call({"PUT", std::move(path), user, std::move(bytes), "", std::move(type)});
    }
    http::Response del(std::string path, const TestUser& user, std::string body) {
        return api.call({"DELETE", std::move(path), user, std::move(body), ""});
    }

    /// Opens an account as a person would, with `password`.
    TestUser register_as(std::string_view role, std::string_view email = "somebody@demo.example") {
        const http::Response response =
            post("/auth/register", fmt::format(R"({{"email":"{}","password":"{}","name":"Some Body","role":"{}",)"
                                               R"("client":"native"}})",
                                               email, password, role));
        EXPECT_EQ(response.status, 201) << response.body;
        const json::value session = json::parse(response.body);
        refresh_token = json::value_to<std::string>(session.at("refresh_token"));
        TestUser user{api.tenant_id(), UserId::parse(session.at("user").at("id").as_string()).value(),
                      enum_named<Role>(role).value()};
        user.session = Uuid::parse(api.sql(fmt::format(
            "select id from sessions where user_id = '{}' order by created_at desc limit 1", user.id.to_string())));
        return user;
    }
    std::string sign_in(std::string_view email, std::string_view with = password) {
        return fmt::format(
            "{}", outcome(post("/auth/login", fmt::format(R"({{"email":"{}","password":"{}"}})", email, with))));
    }
    bool is_signed_in(const std::string& token) {
        return post("/auth/refresh", fmt::format(R"({{"refresh_token":"{}"}})", token)).status == 200;
    }

    static std::string outcome(const http::Response& response) {
        return response.status < 400 ? std::to_string(response.status)
                                     : fmt::format("{} {}", response.status, liveshop::test::code_of(response));
    }
    static std::string problem(const http::Response& response) { return liveshop::test::code_of(response); }
    static json::value json_of(const http::Response& response) { return liveshop::test::json_of(response); }
    /// The id in the answer to a call that sends a code.
    static std::string verification_in(const http::Response& response) {
        EXPECT_LT(response.status, 300) << response.body;
        return json::value_to<std::string>(liveshop::test::json_of(response).at("verification_id"));
    }
    std::string latest_verification(const TestUser& user, std::string_view purpose) {
        return api.sql(
            fmt::format("select id from verifications where user_id = '{}' and purpose = '{}'"
                        " order by created_at desc limit 1",
                        user.id.to_string(), purpose));
    }
    /// What whoever sends it would be given.
    std::optional<CodeToSend> code_to_send(const std::string& verification_id) {
        std::optional<CodeToSend> code;
        const TestUser nobody{api.tenant_id(), UserId::make(), Role::admin};
        api.with_ctx(nobody, [&](Ctx& ctx) -> awaitable<void> {
            code = co_await code_of(ctx, VerificationId::parse(verification_id).value());
        });
        return code;
    }
    std::string code_for(const std::string& verification_id) {
        const std::optional<CodeToSend> code = code_to_send(verification_id);
        EXPECT_TRUE(code) << "nothing to send";
        return code ? code->code : "";
    }
    void verify_email_of(const TestUser& user) {
        const std::string id = latest_verification(user, "verify_email");
        const http::Response response =
            post("/auth/verify-email", fmt::format(R"({{"verification_id":"{}","code":"{}"}})", id, code_for(id)));
        EXPECT_EQ(response.status, 204) << response.body;
    }
    std::string user_column(const TestUser& user, std::string_view expression) {
        return api.sql(fmt::format("select {} from users where id = '{}'", expression, user.id.to_string()));
    }

    Settings settings;
    PasswordHasher hasher;
    pictures::Studio studio;
    Folder public_folder, private_folder;
    Storage storage{public_folder.path()};
    PrivateFiles private_files{private_folder.path()};
    DeletionHolds holds;
    std::string refresh_token;  ///< of who registered last
    TestApi api{{.routes = routes(), .constraints = constraints(), .job_rows = rows_with_subscribers()}};
};

}  // namespace liveshop::identity::test
