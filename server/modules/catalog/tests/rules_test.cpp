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
    EXPECT_EQ(test::values_allowed_by(database, "stores_tax_mode_check"), test::names_of<TaxMode>());
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
        in.images.emplace(pictures, PictureUrl{"/files/a.webp"});
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
        Product product;
        product.variants.resize(before);
        return pointers_of(faults_of(in, product));
    };
    EXPECT_THAT(change(variants_max, 0, variants_max), IsEmpty());
    EXPECT_THAT(change(1, 1, variants_max - 1), IsEmpty());
    EXPECT_THAT(change(1, 1, variants_max), ElementsAre("/variants"));
    EXPECT_THAT(change(variants_max + 1, 0, 1), ElementsAre("/variants")) << "no more than there can be";
    EXPECT_THAT(pointers_of(faults_of(UpdateProduct{}, Product{})), IsEmpty());
}

TEST(CatalogRules, TheStockOfAVariantThatExistsIsNoPartOfAChange) {
    UpdateProduct in;
    in.variants.emplace(2);
    (*in.variants)[0].stock_quantity = Stock{5};
    EXPECT_THAT(pointers_of(faults_of(in, Product{})), IsEmpty());
    (*in.variants)[1].id = VariantId::make();
    (*in.variants)[1].stock_quantity = Stock{5};
    EXPECT_THAT(pointers_of(faults_of(in, Product{})), ElementsAre("/variants/1/stock_quantity"));
}

TEST(CatalogRules, PicturesAreOursOrComeEncrypted) {
    for (const std::string url : {"/files/t/a.webp", "https://pictures.example/a.jpg"}) {
        UpdateStore in;
        in.logo_url = PictureUrl{url};
        EXPECT_THAT(pointers_of(faults_of(in)), IsEmpty()) << url;
    }
    for (const std::string url :
         {"javascript:alert(1)", "http://pictures.example/a.jpg", "data:image/png;base64,AA", "files/a"}) {
        UpdateStore in;
        in.cover_url = PictureUrl{url};
        EXPECT_THAT(pointers_of(faults_of(in)), ElementsAre("/cover_url")) << url;
    }
}

TEST(CatalogRules, TimesAndDaysAreThoseOfTheClockAndTheCalendar) {
    EXPECT_EQ(minutes_of("00:00"), 0);
    EXPECT_EQ(minutes_of("09:30"), 570);
    EXPECT_EQ(minutes_of("24:00"), 1440);
    for (const std::string_view wrong : {"24:01", "12:60", "9:30", "09-30", "-1:30", "0a:00", "09:3", ""})
        EXPECT_EQ(minutes_of(wrong), std::nullopt) << wrong;
    for (const std::string_view day : {"2026-12-24", "2028-02-29"}) EXPECT_TRUE(is_date(day)) << day;
    for (const std::string_view wrong :
         {"2026-02-29", "2026-13-01", "2026-00-10", "2026-1-100", "24.12.2026", "2026-12-3x"})
        EXPECT_FALSE(is_date(wrong)) << wrong;
}

TEST(CatalogRules, HoursOfADayDoNotOverlap) {
    const auto faults = [](std::vector<OpeningHours> hours) {
        UpdateStore in;
        in.opening_hours = std::move(hours);
        return pointers_of(faults_of(in));
    };
    using enum Weekday;
    EXPECT_THAT(faults({}), IsEmpty());
    EXPECT_THAT(
        faults({{monday, {"14:00"}, {"18:00"}}, {monday, {"09:00"}, {"12:00"}}, {tuesday, {"09:00"}, {"24:00"}}}),
        IsEmpty());
    EXPECT_THAT(faults({{friday, {"20:00"}, {"02:00"}}, {saturday, {"01:00"}, {"03:00"}}}), IsEmpty());
    EXPECT_THAT(faults({{monday, {"09:00"}, {"12:00"}}, {monday, {"11:59"}, {"18:00"}}}),
                ElementsAre("/opening_hours"));
    EXPECT_THAT(faults({{monday, {"20:00"}, {"02:00"}}, {monday, {"23:00"}, {"23:30"}}}),
                ElementsAre("/opening_hours"));
    EXPECT_THAT(faults({{monday, {"24:00"}, {"25:00"}}}),
                ElementsAre("/opening_hours/0/opens", "/opening_hours/0/closes"));
    EXPECT_THAT(faults(std::vector<OpeningHours>(openings_max + 1, {monday, {"xx:00"}, {"10:00"}})),
                ::testing::Contains("/opening_hours"));
}

TEST(CatalogRules, AVariantIsNamedByItsOptions) {
    EXPECT_EQ(variant_name({}), "Standard");
    EXPECT_EQ(variant_name({{"M"}}), "M");
    EXPECT_EQ(variant_name({{"M"}, {"Blue"}}), "M / Blue");
}

}  // namespace
}  // namespace liveshop::catalog
