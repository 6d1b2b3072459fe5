#include "platform/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "platform/config/catalog.hpp"

namespace liveshop::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

enum class Colour { red, green };
BOOST_DESCRIBE_ENUM(Colour, red, green)

struct Paint {
    Int<0, 65535> http_port{8080};
    std::uint16_t udp_port = 40000;
    std::string directory = "paint";
    Colour colour = Colour::green;
    bool shiny = false;
    double share = 0.5;
    std::chrono::seconds drying_time{60};
    std::vector<std::string> tints = {"white"};
    std::optional<std::string> label;
};
BOOST_DESCRIBE_STRUCT(Paint, (), (http_port, udp_port, directory, colour, shiny, share, drying_time, tints, label))
constexpr auto setting_help(const Paint*) {
    return std::array{
        Help{"http_port", "Port."},       Help{"udp_port", "Port of media."}, Help{"directory", "Where it is."},
        Help{"colour", "Which colour."},  Help{"shiny", "Whether."},          Help{"share", "How much."},
        Help{"drying_time", "How long."}, Help{"tints", "Which tints."},      Help{"label", "What is on it."}};
}

struct Keys {
    Secret token_secret;
    Text<1, 20> default_tenant;
};
BOOST_DESCRIBE_STRUCT(Keys, (), (token_secret, default_tenant))
constexpr auto setting_help(const Keys*) {
    return std::array{Help{"token_secret", "Signs."}, Help{"default_tenant", "Whose."}};
}

struct HalfHelped {
    bool a = false;
    bool b = false;
};
BOOST_DESCRIBE_STRUCT(HalfHelped, (), (a, b))
constexpr auto setting_help(const HalfHelped*) { return std::array{Help{"a", "Something."}}; }

struct OtherPort {
    Int<1, 9> http_port{1};
};
BOOST_DESCRIBE_STRUCT(OtherPort, (), (http_port))
constexpr auto setting_help(const OtherPort*) { return std::array{Help{"http_port", "Another."}}; }

struct PlainSecret {
    std::string token_secret = "hunter2";
};
BOOST_DESCRIBE_STRUCT(PlainSecret, (), (token_secret))
constexpr auto setting_help(const PlainSecret*) { return std::array{Help{"token_secret", "Signs."}}; }

const std::string secret_of_32 = "0123456789abcdef0123456789abcdef";

Source of(std::string_view toml, Variables variables = {}) {
    return Source("liveshop.toml", toml, std::move(variables));
}

template <class Act>
std::string refusal(Act act) {
    try {
        act();
    } catch (const Invalid& e) {
        return e.what();
    }
    return "";
}

TEST(Config, DefaultsStandWhereNothingIsGiven) {
    const Paint paint = of("").read<Paint>();
    EXPECT_EQ(paint.http_port.value, 8080);
    EXPECT_EQ(paint.colour, Colour::green);
    EXPECT_THAT(paint.tints, ElementsAre("white"));
    EXPECT_EQ(paint.label, std::nullopt);
}

TEST(Config, EveryTypeIsReadFromTheFile) {
    const Paint paint = of(R"(
        http_port = 81
        udp_port = 65535
        directory = "/srv"
        colour = "red"
        shiny = true
        share = 1
        drying_time = 5
        tints = ["blue", "grey"]
        label = "one"
    )")
                            .read<Paint>();
    EXPECT_EQ(paint.http_port.value, 81);
    EXPECT_EQ(paint.udp_port, 65535);
    EXPECT_EQ(paint.directory, "/srv");
    EXPECT_EQ(paint.colour, Colour::red);
    EXPECT_TRUE(paint.shiny);
    EXPECT_EQ(paint.share, 1.0);
    EXPECT_EQ(paint.drying_time, std::chrono::seconds(5));
    EXPECT_THAT(paint.tints, ElementsAre("blue", "grey"));
    EXPECT_EQ(paint.label, "one");
}

TEST(Config, TheEnvironmentWinsAndIsReadByType) {
    const Source source = of("http_port = 81\ndirectory = \"/srv\"\nshiny = true", {{"LIVESHOP_HTTP_PORT", "82"},
                                                                                    {"LIVESHOP_SHINY", "false"},
                                                                                    {"LIVESHOP_SHARE", "0.25"},
                                                                                    {"LIVESHOP_TINTS", "blue, grey"},
                                                                                    {"LIVESHOP_DIRECTORY", ""}});
    const Paint paint = source.read<Paint>();
    EXPECT_EQ(paint.http_port.value, 82);
    EXPECT_FALSE(paint.shiny);
    EXPECT_EQ(paint.share, 0.25);
    EXPECT_THAT(paint.tints, ElementsAre("blue", "grey"));
    EXPECT_EQ(paint.directory, "/srv") << "an empty variable counts as not set";
}

TEST(Config, AListMayBeOneTextInTheFileToo) {
    EXPECT_THAT(of(R"(tints = "a,b")").read<Paint>().tints, ElementsAre("a", "b"));
    EXPECT_THAT(of(R"(tints = "")").read<Paint>().tints, IsEmpty());
}

TEST(Config, APrefixStandsBeforeEachName) { EXPECT_EQ(of("media_udp_port = 7").read<Paint>("media_").udp_port, 7); }

TEST(Config, EveryFaultIsNamedWithWhereItCameFrom) {
    const std::string said = refusal([] {
        of("http_port = 65536\nudp_port = -1\ndirectory = 5\ncolour = \"blue\"",
           {{"LIVESHOP_HTTP_PORT", "80a"}, {"LIVESHOP_SHINY", "yes"}, {"LIVESHOP_DRYING_TIME", "-1"}})
            .read<Paint>();
    });
    EXPECT_THAT(said,
                HasSubstr("http_port: must be a whole number from 0 to 65535 (from environment LIVESHOP_HTTP_PORT)"));
    EXPECT_THAT(said, HasSubstr("udp_port: must be a whole number from 0 to 65535 (from liveshop.toml, line 2)"));
    EXPECT_THAT(said, HasSubstr("directory: must be a string (from liveshop.toml, line 3)"));
    EXPECT_THAT(said, HasSubstr("colour: must be one of: red, green (from liveshop.toml, line 4)"));
    EXPECT_THAT(said, HasSubstr("shiny: must be true or false (from environment LIVESHOP_SHINY)"));
    EXPECT_THAT(said, HasSubstr("drying_time: must be a whole number of seconds"));
}

TEST(Config, WhatHasNoDefaultIsRequired) {
    const std::string said = refusal([] { of("").read<Keys>(); });
    EXPECT_THAT(said, HasSubstr("token_secret: is required: set token_secret in the configuration file or "
                                "LIVESHOP_TOKEN_SECRET in the environment (or token_secret_file"));
    EXPECT_THAT(said, HasSubstr("default_tenant: is required"));
}

TEST(Config, AShortSecretIsRefusedWithoutShowingIt) {
    const std::string said = refusal(
        [] { of("", {{"LIVESHOP_TOKEN_SECRET", "hunter2"}, {"LIVESHOP_DEFAULT_TENANT", "demo"}}).read<Keys>(); });
    EXPECT_THAT(said, HasSubstr("token_secret: must be at least 32 characters long (from environment"));
    EXPECT_THAT(said, Not(HasSubstr("hunter2")));
}

class SecretFile : public testing::Test {
  protected:
    SecretFile() {
        char name[] = "/tmp/liveshop-config-XXXXXX";
        directory = mkdtemp(name);
        std::ofstream(path()) << secret_of_32 << "\n";
    }
    ~SecretFile() override { std::filesystem::remove_all(directory); }
    std::string path() const { return directory + "/secret"; }
    std::string directory;
};

TEST_F(SecretFile, HoldsTheSecretOfItsName) {
    const Keys keys = of("default_tenant = \"demo\"", {{"LIVESHOP_TOKEN_SECRET_FILE", path()}}).read<Keys>();
    EXPECT_EQ(keys.token_secret.reveal(), secret_of_32);
}

TEST_F(SecretFile, IsRefusedBesideTheSecretAndWhenItCannotBeRead) {
    EXPECT_THAT(refusal([&] {
                    of("default_tenant = \"demo\"\ntoken_secret = \"" + secret_of_32 + "\"\ntoken_secret_file = \"" +
                       path() + "\"")
                        .read<Keys>();
                }),
                HasSubstr("token_secret: is given twice: keep token_secret or token_secret_file"));
    EXPECT_THAT(refusal([&] {
                    of("default_tenant = \"demo\"", {{"LIVESHOP_TOKEN_SECRET_FILE", directory + "/none"}}).read<Keys>();
                }),
                HasSubstr("token_secret_file: names a file that cannot be read: No such file"));
}

TEST_F(SecretFile, TheConfigurationFileIsReadFromDiskToo) {
    std::ofstream(directory + "/liveshop.toml") << "http_port = 83\n";
    EXPECT_EQ(Source::load(directory + "/liveshop.toml").read<Paint>().http_port.value, 83);
    EXPECT_THAT(refusal([&] { Source::load(directory + "/none.toml"); }), HasSubstr("cannot be read: No such file"));
    EXPECT_THAT(refusal([&] { Source::load(directory); }), HasSubstr("cannot be read"));
}

TEST(Config, AFileThatIsNoTomlOrHasTablesIsRefusedByLine) {
    EXPECT_THAT(refusal([] { of("http_port = 80\nhttp_port"); }), HasSubstr("liveshop.toml: line 2: "));
    EXPECT_THAT(refusal([] { of("[server]\nhttp_port = 80"); }), HasSubstr("server: must be a plain value or a list"));
    EXPECT_THAT(refusal([] { of("since = 2030-01-01"); }), HasSubstr("since: must be a plain value or a list"));
}

TEST(Config, UnknownSettingsAreRefusedWithTheNearestKnownOne) {
    Catalog catalog;
    catalog.add<Paint>("paint").add<Keys>("keys");
    const std::string said = refusal([&] {
        catalog.check(of("htpt_port = 80\nzebra = 1", {{"LIVESHOP_DEFAULT_TENANTS", "x"},
                                                       {"LIVESHOP_CONFIG", "liveshop.toml"},
                                                       {"LIVESHOP_DEV_PACKAGES", "present"},
                                                       {"LIVESHOP_TEST_DATABASE_URL", "postgresql:///"}}));
    });
    EXPECT_THAT(said, HasSubstr("htpt_port: is not a setting; did you mean http_port? (from liveshop.toml, line 1)"));
    EXPECT_THAT(said, HasSubstr("zebra: is not a setting; `liveshop help config` lists all"));
    EXPECT_THAT(said, HasSubstr("default_tenants: is not a setting; did you mean default_tenant? "
                                "(from environment LIVESHOP_DEFAULT_TENANTS)"));
    EXPECT_EQ(std::ranges::count(said, '\n'), 3) << said;
}

TEST(Config, TheCatalogChecksValuesButLeavesOutWhatIsMissing) {
    Catalog catalog;
    catalog.add<Paint>("paint").add<Keys>("keys");
    EXPECT_EQ(refusal([&] { catalog.check(of("shiny = true")); }), "");
    EXPECT_THAT(refusal([&] { catalog.check(of("http_port = true\ncolour = 1")); }),
                testing::AllOf(HasSubstr("http_port: must be"), HasSubstr("colour: must be")));
}

TEST(Config, HelpListsEverySettingAndNoSecret) {
    Catalog catalog;
    const std::string help = catalog.add<Paint>("paint").add<Keys>("keys").help();
    EXPECT_THAT(help, HasSubstr("http_port                      whole number from 0 to 65535, default 8080\n"));
    EXPECT_THAT(help, HasSubstr("colour                         one of: red, green, default green\n"));
    EXPECT_THAT(help, HasSubstr("drying_time                    whole number of seconds, default 60\n"));
    EXPECT_THAT(help, HasSubstr("tints                          list, parted by commas: text, default white\n"));
    EXPECT_THAT(help, HasSubstr("token_secret                   secret of at least 32 characters, required\n"));
    EXPECT_THAT(Catalog().add<PlainSecret>("plain").help(), Not(HasSubstr("hunter2")));
    for (const Setting& setting : catalog.settings()) EXPECT_THAT(help, HasSubstr(setting.help)) << setting.name;
}

TEST(Config, OneNameMeansOneThing) {
    Catalog catalog;
    catalog.add<Paint>("paint").add<Paint>("again");
    EXPECT_EQ(catalog.settings().size(), 9U);
    EXPECT_THROW(catalog.add<OtherPort>("other"), std::logic_error);
    catalog.add<PlainSecret>("plain").add<Keys>("keys");
    EXPECT_THAT(catalog.help(), HasSubstr("token_secret                   text, required"));
}

TEST(Config, AStructWithoutATextForEachSettingDoesNotPass) {
    static_assert(helps_every_member<Paint>());
    static_assert(!helps_every_member<HalfHelped>());
}

TEST(Config, EditDistance) {
    EXPECT_EQ(edit_distance("", "abc"), 3U);
    EXPECT_EQ(edit_distance("http_port", "http_port"), 0U);
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

}  // namespace
}  // namespace liveshop::config
