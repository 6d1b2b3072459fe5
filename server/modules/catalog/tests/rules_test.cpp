#include "modules/catalog/rules.hpp"

#include <gmock/gmock.h>

#include "modules/catalog/store.hpp"
#include "platform/db/verify.hpp"
#include "tests/support/check_constraint.hpp"
#include "tests/support/test_database.hpp"

namespace liveshop::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

template <class Faults>
std::vector<std::string> pointers_of(const Faults& faults) {
    std::vector<std::string> pointers;
    for (const FieldError& fault : faults) pointers.push_back(fault.pointer);
    return pointers;
}

TEST(CatalogRules, NamesAgreeWithTheDatabase) {
    const test::TestDatabase database;
    EXPECT_EQ(test::values_allowed_by(database, "stores_verification_status_check"),
              test::names_of<VerificationStatus>());
    EXPECT_EQ(test::values_allowed_by(database, "products_inventory_policy_check"), test::names_of<InventoryPolicy>());
}

TEST(CatalogRules, CurrenciesAgreeWithTheDatabase) {
    const test::TestDatabase database;
    const std::string check =
        database.execute("select pg_get_constraintdef(oid) from pg_constraint where conname = 'stores_currency_check'");
    const std::size_t pattern = check.find('^');
    ASSERT_NE(pattern, check.npos) << check;
    const std::string regex = check.substr(pattern, check.find('$') + 1 - pattern);
    for (const std::string text : {"EUR", "USD", "eur", "EU", "EURO", "E1R", "EUR\n", "", "ÄUR"})
        EXPECT_EQ(is_currency(text), database.execute("select '" + text + "' ~ '" + regex + "'") == "t") << text;
}

TEST(CatalogRules, QueriesFitTheSchema) {
    const test::TestDatabase database;
    std::vector<const db::QueryInfo*> own = db::registered_queries();
    std::erase_if(own, [](const db::QueryInfo* query) { return !query->name.starts_with("catalog."); });
    EXPECT_GT(own.size(), 15U);
    EXPECT_THAT(db::verify(database.app_dsn(), own), IsEmpty());
}

TEST(CatalogRules, AProductHasVariantsAndPicturesWithinLimits) {
    const auto product = [](std::size_t variants, std::size_t pictures) {
        CreateProduct in;
        in.variants.resize(variants);
        in.images.emplace(pictures);
        return pointers_of(faults_of(in));
    };
    EXPECT_THAT(product(1, 0), IsEmpty());
    EXPECT_THAT(product(variants_max, pictures_max), IsEmpty());
    EXPECT_THAT(product(0, 0), ElementsAre("/variants"));
    EXPECT_THAT(product(variants_max + 1, pictures_max), ElementsAre("/variants"));
    EXPECT_THAT(product(0, pictures_max + 1), ElementsAre("/variants", "/images"));
}

TEST(CatalogRules, AChangeCountsTheVariantsItAdds) {
    const auto change = [](std::size_t changed, std::size_t added, std::size_t before) {
        UpdateProduct in;
        in.variants.emplace(changed + added);
        for (std::size_t i = 0; i < changed; ++i) (*in.variants)[i].id = VariantId::make();
        return pointers_of(faults_of(in, before));
    };
    EXPECT_THAT(change(variants_max, 0, variants_max), IsEmpty());
    EXPECT_THAT(change(1, 1, variants_max - 1), IsEmpty());
    EXPECT_THAT(change(1, 1, variants_max), ElementsAre("/variants"));
    EXPECT_THAT(change(variants_max + 1, 0, 1), ElementsAre("/variants")) << "no more than there can be";
    EXPECT_THAT(pointers_of(faults_of(UpdateProduct{}, 1)), IsEmpty());
}

}  // namespace
}  // namespace liveshop::catalog
