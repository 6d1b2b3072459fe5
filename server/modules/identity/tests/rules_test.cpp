#include "modules/identity/rules.hpp"

#include <gtest/gtest.h>

#include "modules/identity/verification.hpp"
#include "tests/support/check_constraint.hpp"

namespace liveshop::identity {
namespace {

constexpr Timestamp in_2026{1'770'000'000'000'000};  // 2026-02-02

TEST(IdentityRules, PhoneNumbersAreKeptAsTheNetworkTakesThem) {
    EXPECT_EQ(phone_number("+49 30 123-456"), "+4930123456");
    EXPECT_EQ(phone_number("0049 (30) 123/456"), "+4930123456");
    EXPECT_EQ(phone_number("+1.202.555.0143"), "+12025550143");
    for (const char* wrong : {"", "+", "030 123456", "+0301234567", "+4930x23456", "+49301", "+1234567890123456",
                              "49 30 123456", "+49 30 12+34567"})
        EXPECT_EQ(phone_number(wrong), std::nullopt) << wrong;
}

TEST(IdentityRules, LocalesAreLanguagesWithScriptAndRegion) {
    for (const char* right : {"en", "de", "en-GB", "pt-BR", "zh-Hant-TW", "zh-Hans", "es-419", "gsw-CH"})
        EXPECT_TRUE(is_locale(right)) << right;
    for (const char* wrong : {"", "e", "english", "en_GB", "en-", "-en", "en--GB", "en-GB-x", "e1", "en-1", "<b>"})
        EXPECT_FALSE(is_locale(wrong)) << wrong;
}

TEST(IdentityRules, BirthdaysAreDaysLongEnoughAgo) {
    EXPECT_TRUE(is_birthday("1990-12-31", 18, in_2026));
    EXPECT_TRUE(is_birthday("2008-02-02", 18, in_2026)) << "of age today";
    EXPECT_FALSE(is_birthday("2008-02-03", 18, in_2026)) << "of age tomorrow";
    EXPECT_TRUE(is_birthday("2004-02-29", 18, in_2026));
    for (const char* wrong : {"1990-02-30", "1990-13-01", "1990-00-10", "1899-01-01", "90-01-01", "1990/01/01",
                              "1990-1-001", "2030-01-01", "19a0-01-01"})
        EXPECT_FALSE(is_birthday(wrong, 18, in_2026)) << wrong;
}

TEST(IdentityRules, ACodeIsDerivedFromTheSecretTheIdAndTheNonce) {
    const Secret secret{std::string(32, 's')}, other{std::string(32, 't')};
    const VerificationId id = VerificationId::make();
    const Nonce nonce = Nonce::make();
    const std::string code = derive_code(secret, id, nonce, VerificationPurpose::reset_password);
    EXPECT_EQ(code.size(), 8U);
    EXPECT_EQ(code, derive_code(secret, id, nonce, VerificationPurpose::reset_password));
    EXPECT_NE(code, derive_code(other, id, nonce, VerificationPurpose::reset_password));
    EXPECT_NE(code, derive_code(secret, VerificationId::make(), nonce, VerificationPurpose::reset_password));
    EXPECT_NE(code, derive_code(secret, id, Nonce::make(), VerificationPurpose::reset_password));
    const std::string digits = derive_code(secret, id, nonce, VerificationPurpose::verify_phone);
    EXPECT_EQ(digits.size(), 6U);
    EXPECT_EQ(digits.find_first_not_of("0123456789"), digits.npos);
}

TEST(IdentityRules, ACodeMayBeTypedAsPeopleType) {
    EXPECT_EQ(plain_code("abcd-efgh"), "ABCDEFGH");
    EXPECT_EQ(plain_code(" 123 456 "), "123456");
    EXPECT_EQ(plain_code("oOiIlL01"), "00111101");
}

TEST(IdentityRules, StatesAreThoseOfTheDatabase) {
    const test::TestDatabase database;
    EXPECT_EQ(test::values_allowed_by(database, "users_status_check"), test::names_of<UserStatus>());
    EXPECT_EQ(test::values_allowed_by(database, "users_kyc_status_check"), test::names_of<KycStatus>());
    EXPECT_EQ(test::values_allowed_by(database, "kyc_submissions_status_check"), test::names_of<KycStatus>());
    EXPECT_EQ(test::values_allowed_by(database, "kyc_documents_kind_check"), test::names_of<KycDocumentKind>());
    EXPECT_EQ(test::values_allowed_by(database, "verifications_purpose_check"), test::names_of<VerificationPurpose>());
}

}  // namespace
}  // namespace liveshop::identity
