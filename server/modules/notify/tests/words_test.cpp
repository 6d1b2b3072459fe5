#include "modules/notify/words.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <set>

#include "modules/notify/mail.hpp"
#include "modules/notify/rules.hpp"
#include "tests/support/check_constraint.hpp"

namespace liveshop::notify {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Whatever words the facts of all kinds bring, each of them an attempt to write HTML.
Words hostile_words() {
    Words words;
    for (const char* name :
         {"order_number", "store_name", "total", "sender", "message", "stream_title", "product_name", "quantity",
          "rating", "review", "distance", "earnings", "amount", "reason", "code", "minutes", "shop", "link"})
        words.words.push_back({name, fmt::format("<b onclick=\"x('{0}')\">{0} & co</b>", name)});
    words.lines.push_back({"<i>Item</i>", "<u>1</u>"});
    return words;
}

template <class Check>
void for_each_wording(Check check) {
    each_value<Locale>([&](std::string_view, Locale locale) {
        each_value<Kind>([&](std::string_view name, Kind kind) {
            SCOPED_TRACE(name);
            check(kind, wording(kind, locale));
        });
    });
}

TEST(Wordings, EachKindIsSaidByEachChannel) {
    std::size_t count = 0;
    for_each_wording([&](Kind, const Wording& said) {
        ++count;
        for (const std::string_view text : {said.title, said.body, said.subject, said.mail, said.button, said.sms}) {
            ASSERT_FALSE(text.empty());
            EXPECT_FALSE(fill(text, hostile_words()).empty()) << text;
        }
        EXPECT_LE(said.sms.size(), 160U) << "a text message is short";
        EXPECT_LE(said.title.size(), 60U);
    });
    EXPECT_EQ(count, kind_count);
}

TEST(Wordings, LeadSomewhereByTextMessage) {
    for_each_wording([](Kind kind, const Wording& said) {
        if (kind == Kind::verification_code) return;  // one types the code where one asked for it
        EXPECT_THAT(std::string(said.sms), HasSubstr("{link}"));
    });
}

TEST(Wordings, NeverShowACodeWhereOthersMayLook) {
    for_each_wording([](Kind, const Wording& said) {
        for (const std::string_view shown : {said.title, said.body, said.subject})
            EXPECT_THAT(places_in(shown), Not(::testing::Contains("code")));
    });
}

TEST(Wordings, AreEscapedInHtml) {
    for_each_wording([](Kind, const Wording& said) {
        const Mail mail =
            compose_mail(said, hostile_words(),
                         {.shop = "<b>Shop</b>", .link = "https://x/?a=1&b=\"", .preferences_url = "https://x/p"});
        for (const char* never : {"<b onclick", "<i>Item", "<u>1", "<b>Shop", "x('", "b=\"\""})
            EXPECT_THAT(mail.html, Not(HasSubstr(never)));
        EXPECT_THAT(mail.html, HasSubstr("&lt;b&gt;Shop&lt;/b&gt;"));
        EXPECT_THAT(mail.html, HasSubstr("&lt;i&gt;Item&lt;/i&gt;"));
        EXPECT_THAT(mail.html, HasSubstr("href=\"https://x/?a=1&amp;b=&quot;\""));
        EXPECT_THAT(mail.text, HasSubstr("<i>Item</i>: <u>1</u>")) << "text is text";
    });
}

TEST(Words, AreFilledInOnce) {
    const Words words{{{"a", "{b}"}, {"b", "never"}}, {}};
    EXPECT_EQ(fill("{a}!", words), "{b}!");
    EXPECT_THROW(fill("{c}", words), std::logic_error);
    EXPECT_THROW(fill("{c", words), std::logic_error);
}

TEST(Words, AreShortenedBetweenCharacters) {
    EXPECT_EQ(shorten("äöü", 3), "äöü");
    EXPECT_EQ(shorten("äöüß", 3), "äö…");
    EXPECT_EQ(shorten("", 3), "");
    EXPECT_EQ(fill("{a}", Words{{{"a", std::string(300, 'x')}}, {}}).size(), 199 + std::string("…").size());
}

TEST(Words, SayMoney) {
    EXPECT_EQ(money_text({1250}, "EUR"), "12.50 EUR");
    EXPECT_EQ(money_text({-5}, "USD"), "-0.05 USD");
    EXPECT_EQ(money_text({1250}, "JPY"), "1250 JPY");
}

TEST(MailHeaders, AreEncodedAndCannotBeAdded) {
    EXPECT_EQ(header_text("Your order"), "Your order");
    EXPECT_EQ(header_text("Grüße"), "=?UTF-8?B?R3LDvMOfZQ==?=");
    const std::string injected = header_text("Hi\r\nBcc: all@example.com");
    EXPECT_EQ(injected.find('\n'), injected.npos);
    EXPECT_THAT(header_text("=?UTF-8?B?QQ==?="), Not(HasSubstr("QQ==?= ")));
    std::string longer;
    for (int i = 0; i < 60; ++i) longer += "ü";
    const std::string folded = header_text(longer);
    std::size_t line = 0;
    for (const char c : folded) EXPECT_LE(line = c == '\n' ? 0 : line + 1, 76U);
    EXPECT_THAT(folded, HasSubstr("?=\r\n =?UTF-8?B?"));
    EXPECT_EQ(header_mailbox("A \"B\"", "a@b.c"), "\"A \\\"B\\\"\" <a@b.c>");
    EXPECT_EQ(header_date(Timestamp::parse("2026-11-22T19:51:35Z").value()), "Sun, 22 Nov 2026 19:51:35 +0000");
}

TEST(MailAddresses, WithRoomForMoreThanOneAreRefused) {
    EXPECT_TRUE(is_plain_address("a.b+c@example.com"));
    for (const char* wrong : {"", "@x.de", "a@", "a@b@c", "a b@c.de", "a@c.de>\r\nDATA", "<a@c.de>", "a@c.de,b@c.de"})
        EXPECT_FALSE(is_plain_address(wrong)) << wrong;
}

TEST(QuietHours, GoPastMidnight) {
    EXPECT_EQ(quiet_minutes_left(21 * 60 + 59, 22 * 60, 7 * 60), 0);
    EXPECT_EQ(quiet_minutes_left(22 * 60, 22 * 60, 7 * 60), 540);
    EXPECT_EQ(quiet_minutes_left(6 * 60 + 59, 22 * 60, 7 * 60), 1);
    EXPECT_EQ(quiet_minutes_left(7 * 60, 22 * 60, 7 * 60), 0);
    EXPECT_EQ(quiet_minutes_left(13 * 60, 12 * 60, 14 * 60), 60);
    EXPECT_EQ(quiet_minutes_left(12 * 60, 12 * 60, 12 * 60), 0) << "none";
    EXPECT_EQ(minutes_of("22:30"), 22 * 60 + 30);
    for (const char* wrong : {"24:00", "1:000", "12:60", "ab:cd", "-1:00", "12-00"})
        EXPECT_FALSE(minutes_of(wrong)) << wrong;
}

TEST(Verdicts, SayWhatIsStillWorthSaying) {
    using enum Verdict;
    EXPECT_EQ(verdict_of(Kind::order_delivered, Channel::push, 0, false, 0), send);
    EXPECT_EQ(verdict_of(Kind::order_delivered, Channel::push, 0, false, 480), wait);
    EXPECT_EQ(verdict_of(Kind::driver_at_door, Channel::push, 0, false, 480), too_late) << "in the morning it is stale";
    EXPECT_EQ(verdict_of(Kind::delivery_offered, Channel::push, 61, false, 0), too_late);
    EXPECT_EQ(verdict_of(Kind::order_ready, Channel::push, 0, true, 0), replaced);
    EXPECT_EQ(verdict_of(Kind::order_ready, Channel::email, 999'999, true, 480), send) << "mail interrupts nobody";
    EXPECT_EQ(verdict_of(Kind::verification_code, Channel::sms, 0, true, 480), send) << "codes heed no quiet hours";
}

TEST(Kinds, AreThoseOfTheDatabase) {
    const test::TestDatabase database;
    EXPECT_EQ(test::values_allowed_by(database, "notification_preferences_kind_check"), test::names_of<Kind>());
    EXPECT_EQ(test::values_allowed_by(database, "notification_preferences_channel_check"), test::names_of<Channel>());
    EXPECT_EQ(test::values_allowed_by(database, "notification_sends_status_check"), test::names_of<SendStatus>());
    EXPECT_EQ(test::values_allowed_by(database, "push_subscriptions_kind_check"), test::names_of<DeviceKind>());
    EXPECT_EQ(test::values_allowed_by(database, "notification_settings_locale_check"), test::names_of<Locale>());
}

}  // namespace
}  // namespace liveshop::notify
