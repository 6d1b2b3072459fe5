#include "modules/identity/token.hpp"

#include <gtest/gtest.h>

namespace liveshop::identity {
namespace {

const Secret secret{std::string(32, 's')};
const TenantId tenant = TenantId::make();
const Principal principal{UserId::make(), Role::driver};
constexpr Timestamp now{1'900'000'000'000'000};
constexpr Timestamp later{now.us + 600'000'000};

TEST(AccessToken, ProvesTenantUserAndRole) {
    const std::string token = sign_access_token(secret, tenant, principal, later);
    const auto proven = verify_access_token(secret, tenant, token, now);
    ASSERT_TRUE(proven);
    EXPECT_EQ(proven->user, principal.user);
    EXPECT_EQ(proven->role, Role::driver);
    EXPECT_EQ(proven->expires_at, later);
}

TEST(AccessToken, NamesItsSession) {
    Principal with_session = principal;
    with_session.session = Uuid::make();
    EXPECT_EQ(verify_access_token(secret, tenant, sign_access_token(secret, tenant, with_session, later), now)->session,
              with_session.session);
    EXPECT_EQ(verify_access_token(secret, tenant, sign_access_token(secret, tenant, principal, later), now)->session,
              std::nullopt);
}

TEST(AccessToken, IsRefusedWhenExpiredForgedOrOfAnotherTenant) {
    const std::string token = sign_access_token(secret, tenant, principal, later);
    EXPECT_EQ(verify_access_token(secret, tenant, token, later).error(), PlatformErrc::token_expired);
    EXPECT_EQ(verify_access_token(secret, TenantId::make(), token, now).error(), PlatformErrc::unauthenticated);
    EXPECT_EQ(verify_access_token(Secret{std::string(32, 't')}, tenant, token, now).error(),
              PlatformErrc::unauthenticated);
    for (std::size_t i = 0; i < token.size(); i += 7) {
        std::string forged = token;
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(verify_access_token(secret, tenant, forged, now)) << i;
    }
}

TEST(AccessToken, OfAlgorithmNoneAndGarbageAreRefused) {
    // {"alg":"none","typ":"JWT"} and {"sub":…} without a signature
    const std::string none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ4In0.";
    for (const std::string& text :
         {none, std::string(), std::string("..."), std::string(5000, 'a'), std::string("a\0b", 3)})
        EXPECT_EQ(verify_access_token(secret, tenant, text, now).error(), PlatformErrc::unauthenticated);
}

TEST(RefreshToken, HasOneSuccessorAndIsStoredAsAHash) {
    const std::string token = make_refresh_token();
    EXPECT_EQ(token.size(), 43U);
    EXPECT_NE(token, make_refresh_token());
    EXPECT_EQ(next_refresh_token(secret, token), next_refresh_token(secret, token));
    EXPECT_NE(next_refresh_token(secret, token), next_refresh_token(Secret{std::string(32, 't')}, token));
    EXPECT_EQ(hash_of_token(token).size(), 32U);
}

}  // namespace
}  // namespace liveshop::identity
