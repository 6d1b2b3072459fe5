#include "modules/checkout/pricing.hpp"

#include <gtest/gtest.h>

#include <random>

namespace liveshop::checkout {
namespace {

constexpr int cart_count = 20'000;

struct RandomCart {
    std::vector<std::int64_t> prices, quantities;
    Rates rates;
    Amount shipping;
    Amount driver_earnings;
};

RandomCart random_cart(std::mt19937_64& random) {
    const auto between = [&random](std::int64_t lo, std::int64_t hi) {
        return std::uniform_int_distribution<std::int64_t>(lo, hi)(random);
    };
    RandomCart cart;
    const std::int64_t lines = between(1, 100);
    for (std::int64_t i = 0; i < lines; ++i) {
        // Small prices, where rounding shows, as often as the largest one that a client may name.
        cart.prices.push_back(between(0, 1) ? between(0, 300) : between(0, 9'999'999'999));
        cart.quantities.push_back(between(1, 99));
    }
    cart.rates = {.tax_rate_bp = between(0, 10'000), .commission_rate_bp = between(0, 10'000)};
    cart.shipping = {between(0, 5'000)};
    cart.driver_earnings = {between(0, 6'000)};
    return cart;
}

// Twice the distance between the rounded share and the exact one, in ten-thousandths of a minor unit.
std::int64_t rounding_error(Amount share, Amount of, std::int64_t rate_bp) {
    return 2 * std::abs(share.minor * 10'000 - of.minor * rate_bp);
}

TEST(Pricing, TaxWithinAPriceIsWhatWouldBeOnTopOfTheRest) {
    const Rates rates{.tax_rate_bp = 1'900, .tax_mode = TaxMode::inclusive, .commission_rate_bp = 1'000};
    const PricedLine line = price_line({119}, 100, rates);
    EXPECT_EQ(line.total_minor, Amount{11'900});
    EXPECT_EQ(line.tax_minor, Amount{1'900});
    EXPECT_EQ(line.commission_minor, Amount{1'000});
    EXPECT_EQ(price_line({3}, 1, rates).tax_minor, Amount{0}) << "0.479";
    EXPECT_EQ(price_line({4}, 1, rates).tax_minor, Amount{1}) << "0.639";
    const Totals totals = total_of({line}, {499}, TaxMode::inclusive);
    EXPECT_EQ(totals.subtotal_minor, Amount{10'000});
    EXPECT_EQ(totals.total_amount_minor, Amount{12'399});
    const Settlement parts = settle(totals, {400});
    EXPECT_EQ(parts.store_minor, Amount{10'900}) << "with the tax, which the store owes";
    EXPECT_EQ(parts.platform_minor, Amount{99});
    EXPECT_THROW(price_line({9'223'372'036'854'775'807}, 1, rates), Overflow);
}

TEST(Pricing, LinesSumToTheTotalToTheCent) {
    std::mt19937_64 random(20'260'101);
    for (int i = 0; i < cart_count; ++i) {
        const RandomCart cart = random_cart(random);
        std::vector<PricedLine> lines;
        std::int64_t subtotal = 0, tax = 0, commission = 0;
        for (std::size_t n = 0; n < cart.prices.size(); ++n) {
            const PricedLine line = price_line({cart.prices[n]}, cart.quantities[n], cart.rates);
            ASSERT_EQ(line.total_minor.minor, cart.prices[n] * cart.quantities[n]);
            ASSERT_GE(line.tax_minor, Amount{});
            ASSERT_GE(line.commission_minor, Amount{});
            ASSERT_LE(line.commission_minor, line.total_minor);
            ASSERT_LE(rounding_error(line.tax_minor, line.total_minor, cart.rates.tax_rate_bp), 10'000);
            ASSERT_LE(rounding_error(line.commission_minor, line.total_minor, cart.rates.commission_rate_bp), 10'000);
            subtotal += line.total_minor.minor;
            tax += line.tax_minor.minor;
            commission += line.commission_minor.minor;
            lines.push_back(line);
        }
        const Totals totals = total_of(lines, cart.shipping);
        ASSERT_EQ(totals.subtotal_minor.minor, subtotal);
        ASSERT_EQ(totals.tax_amount_minor.minor, tax);
        ASSERT_EQ(totals.commission_minor.minor, commission);
        ASSERT_EQ(totals.total_amount_minor.minor, subtotal + tax + cart.shipping.minor);
        ASSERT_LE(totals.commission_minor, totals.subtotal_minor);

        const Settlement parts = settle(totals, cart.driver_earnings);
        ASSERT_GE(parts.store_minor, Amount{});
        ASSERT_EQ(parts.store_minor + parts.driver_minor + parts.platform_minor + totals.commission_minor,
                  totals.total_amount_minor);
    }
}

TEST(Pricing, HalfACentGoesUpOncePerLine) {
    const PricedLine line = price_line({50}, 1, {.tax_rate_bp = 100, .commission_rate_bp = 500});
    EXPECT_EQ(line.tax_minor, Amount{1});         // 0.5
    EXPECT_EQ(line.commission_minor, Amount{3});  // 2.5
    const Totals totals = total_of({line, line, line}, {});
    EXPECT_EQ(totals.tax_amount_minor, Amount{3});  // not 1.5 rounded
}

TEST(Pricing, AmountsOutOfRangeAreRefused) {
    const Amount huge{std::numeric_limits<std::int64_t>::max() / 2};
    EXPECT_THROW(price_line(huge, 3, {}), Overflow);
    EXPECT_THROW(price_line(huge, 1, {.tax_rate_bp = 2'000}), Overflow);
    const PricedLine line{.total_minor = huge, .tax_minor = huge, .commission_minor = {}};
    EXPECT_THROW(total_of({line, line}, huge), Overflow);
}

TEST(Pricing, LinesOfOneVariantCountTogether) {
    VariantId low, high;
    low.value.bytes[0] = 1;
    high.value.bytes[0] = 2;
    const StreamId stream_id = StreamId::make();
    const std::vector<Wanted> merged =
        merge_wanted({{high, 1, std::nullopt}, {low, 2, std::nullopt}, {high, 3, stream_id}});
    ASSERT_EQ(merged.size(), 2U);
    EXPECT_EQ(merged[0].variant_id, low);
    EXPECT_EQ(merged[0].quantity, 2);
    EXPECT_EQ(merged[1].variant_id, high);
    EXPECT_EQ(merged[1].quantity, 4);
    EXPECT_EQ(merged[1].stream_id, stream_id);
}

}  // namespace
}  // namespace liveshop::checkout
