// What an access token must be for the API's door to let its bearer in.
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "modules/identity/token.hpp"
#include "platform/tests/door.hpp"

namespace liveshop::identity {
namespace {

using test::outcome_of;

const Secret secret{std::string(32, 's')};

awaitable<std::vector<std::string>> whoami(Ctx& ctx) {
    co_return std::vector<std::string>{ctx.user().to_string(), std::string(name_of(ctx.principal->role))};
}

std::string base64url(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3), '\0');
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), reinterpret_cast<const unsigned char*>(bytes.data()),
                    static_cast<int>(bytes.size()));
    std::erase(text, '=');
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return text;
}

// A token of any header and claims, signed as `digest` says; without a signature where it is null.
std::string forge(std::string_view header, std::string_view claims, const EVP_MD* digest, std::string_view key) {
    const std::string signed_part = base64url(header) + "." + base64url(claims);
    if (!digest) return signed_part + ".";
    std::array<unsigned char, EVP_MAX_MD_SIZE> signature;
    unsigned size = 0;
    HMAC(digest, key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(signed_part.data()),
         signed_part.size(), signature.data(), &size);
    return signed_part + "." + base64url({reinterpret_cast<const char*>(signature.data()), size});
}

class Access : public testing::Test {
  protected:
    std::string outcome(const std::string& token, std::string slug = "test") {
        return outcome_of(door.send({"GET", "/whoami", "", token, {{"X-Tenant", std::move(slug)}}}));
    }
    std::string claims(std::string_view expires_at_s = "4000000000") const {
        return fmt::format(R"({{"sub":"{}","tenant":"{}","role":"customer","exp":{}}})", user.to_string(),
                           tenant.to_string(), expires_at_s);
    }
    static Timestamp in(std::int64_t seconds) { return {Timestamp::now().us + seconds * 1'000'000}; }

    test::Door door{{.routes = route_table(get<whoami>("/whoami")),
                     .authenticate = [](TenantId of, std::string_view token, Timestamp now) {
                         return verify_access_token(secret, of, token, now);
                     }}};
    const TenantId tenant = door.sign_in().tenant, other = door.sign_in(Role::customer, "other").tenant;
    const UserId user = UserId::make();
    const std::string_view hs256 = R"({"alg":"HS256","typ":"JWT"})";
};

TEST_F(Access, IsForWhoHasAGoodToken) {
    const std::string token = sign_access_token(secret, tenant, {user, Role::driver}, in(600));
    const http::Response response = door.send({"GET", "/whoami", "", token});
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, fmt::format(R"(["{}","driver"])", user.to_string()));
    EXPECT_EQ(outcome(forge(hs256, claims(), EVP_sha256(), secret.reveal())), "200");  // the forger can do it right
    EXPECT_EQ(outcome(""), "401 unauthenticated");
}

TEST_F(Access, AnExpiredTokenHasACodeOfItsOwn) {
    EXPECT_EQ(outcome(sign_access_token(secret, tenant, {user, Role::customer}, in(-1))), "401 token_expired");
    EXPECT_EQ(outcome(forge(hs256, claims("1"), EVP_sha256(), secret.reveal())), "401 token_expired");
    // and one that never expires is none
    const std::string without =
        fmt::format(R"({{"sub":"{}","tenant":"{}","role":"customer"}})", user.to_string(), tenant.to_string());
    EXPECT_EQ(outcome(forge(hs256, without, EVP_sha256(), secret.reveal())), "401 token_expired");
    EXPECT_EQ(outcome(forge(hs256, claims("\"4000000000\""), EVP_sha256(), secret.reveal())), "401 token_expired");
}

TEST_F(Access, ATokenIsOfOneTenant) {
    const std::string token = sign_access_token(secret, other, {user, Role::admin}, in(600));
    EXPECT_EQ(outcome(token, "other"), "200");
    EXPECT_EQ(outcome(token, "test"), "401 unauthenticated");
}

TEST_F(Access, AForgedTokenIsNone) {
    EXPECT_EQ(outcome(forge(hs256, claims(), EVP_sha256(), std::string(32, 't'))), "401 unauthenticated");
    EXPECT_EQ(outcome(forge(hs256, claims(), EVP_sha256(), "")), "401 unauthenticated");
    EXPECT_EQ(outcome(forge(R"({"alg":"none","typ":"JWT"})", claims(), nullptr, "")), "401 unauthenticated");
    EXPECT_EQ(outcome(forge(R"({"alg":"NONE"})", claims(), nullptr, "")), "401 unauthenticated");
    EXPECT_EQ(outcome(forge(R"({"typ":"JWT"})", claims(), nullptr, "")), "401 unauthenticated");
    // our key, but another algorithm than ours
    EXPECT_EQ(outcome(forge(R"({"alg":"HS512","typ":"JWT"})", claims(), EVP_sha512(), secret.reveal())),
              "401 unauthenticated");
    EXPECT_EQ(outcome(forge(R"({"alg":"RS256","typ":"JWT"})", claims(), EVP_sha256(), secret.reveal())),
              "401 unauthenticated");
    // the claims of one token under the signature of another
    const std::string mine = forge(hs256, claims(), EVP_sha256(), secret.reveal());
    std::string admin = claims();
    admin.replace(admin.find("customer"), 8, "admin");
    EXPECT_EQ(outcome(fmt::format("{}.{}{}", base64url(hs256), base64url(admin), mine.substr(mine.rfind('.')))),
              "401 unauthenticated");
}

TEST_F(Access, ASignedTokenWithoutOurClaimsIsNone) {
    for (const char* odd : {R"({})", R"([])", R"("text")", "no JSON", R"({"sub":"me","tenant":"test","role":"admin"})",
                            R"({"exp":4000000000})"})
        EXPECT_EQ(outcome(forge(hs256, odd, EVP_sha256(), secret.reveal())), "401 unauthenticated") << odd;
    std::string unknown = claims();
    unknown.replace(unknown.find("customer"), 8, "king");
    EXPECT_EQ(outcome(forge(hs256, unknown, EVP_sha256(), secret.reveal())), "401 unauthenticated");
    EXPECT_EQ(outcome(std::string(5000, 'a')), "401 unauthenticated");
    EXPECT_EQ(outcome("a.b.c"), "401 unauthenticated");
}

}  // namespace
}  // namespace liveshop::identity
