// What other people's programs make of our messages: npm's http_ece and smtp-server.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "modules/notify/base64url.hpp"
#include "modules/notify/mailer.hpp"
#include "modules/notify/web_push.hpp"
#include "tests/support/run.hpp"

namespace liveshop::notify {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;
namespace json = boost::json;

const fs::path source_folder = fs::path(__FILE__).parent_path();

// A script of client/ under way; it prints lines of JSON.
class Script {
  public:
    Script(std::string_view name, std::string_view arguments)
        : output_(::popen(fmt::format("node '{}' '{}' {}", (source_folder / "client" / name).string(),
                                      modules_folder().string(), arguments)
                              .c_str(),
                          "r"),
                  ::pclose) {}

    json::value line() {
        std::string text;
        std::array<char, 4096> part;
        while (!text.ends_with('\n') && std::fgets(part.data(), part.size(), output_.get())) text += part.data();
        boost::system::error_code error;
        json::value value = json::parse(text, error);
        EXPECT_FALSE(error) << "the script printed: " << text;
        return value;
    }

  private:
    // e2e/ of the checkout, or where the environment says the packages are installed.
    static fs::path modules_folder() {
        if (const auto* folder = std::getenv("LIVESHOP_E2E_FOLDER")) return folder;
        return source_folder.parent_path().parent_path().parent_path().parent_path() / "e2e";
    }
    std::unique_ptr<FILE, int (*)(FILE*)> output_;
};

TEST(HttpEce, ReadsOurPushMessagesAndKnowsWhoSentThem) {
    const std::string private_key(32, 'b'), auth(16, 'a');
    const PushKeys keys{EcKey::from_private(private_key)->point(), auth};
    boost::asio::io_context io;
    http::Client client(io);
    WebPush push(client, base64url(std::string(32, 'v')), "mailto:shop@example.com", PushServices({}));
    const Timestamp now = Timestamp::parse("2026-11-22T20:00:00Z").value();
    for (const std::string& text :
         {std::string("{\"title\": \"Grüße\"}"), std::string(push_text_max, 'x'), std::string()}) {
        Script script("decrypt.mjs", fmt::format("{} {} {} '{}'", base64url(private_key), base64url(auth),
                                                 base64url(encrypt_push(keys, text)),
                                                 push.authorization("https://push.example", now)));
        const json::value seen = script.line();
        ASSERT_TRUE(seen.is_object());
        EXPECT_EQ(seen.at("text").as_string(), text);
        EXPECT_TRUE(seen.at("is_genuine").as_bool());
        EXPECT_EQ(seen.at("header").at("alg").as_string(), "ES256");
        EXPECT_EQ(seen.at("claims").at("aud").as_string(), "https://push.example");
        EXPECT_EQ(seen.at("claims").at("sub").as_string(), "mailto:shop@example.com");
        EXPECT_EQ(seen.at("claims").at("exp").as_int64(), now.us / 1'000'000 + 12 * 3'600);
    }
}

Mail some_mail(std::string to) {
    return {.from_name = "Töpferei",
            .to = std::move(to),
            .subject = "Grüße über 9.00 EUR",
            .text = "Erste Zeile\n.\n..versteckt\n" + std::string(300, 'x'),
            .html = "<p>Grüße</p>",
            .message_id = "<1@shop.example>",
            .preferences_url = "https://shop.example/p"};
}

Outcome send(const MailerSettings& settings, const Mail& mail) {
    boost::asio::io_context io;
    Mailer mailer(settings);
    return test::run(io, mailer.send(mail));
}

TEST(SmtpServer, TakesOurMailsByStarttlsAndPassword) {
    Script server("mail_server.mjs", "starttls");
    const json::value ready = server.line();
    MailerSettings settings{
        .smtp_url = fmt::format("smtp://shop:pass%20word@localhost:{}", ready.at("port").as_int64()),
        .mail_from = "no-reply@shop.example",
        .trusted_ca_pem = std::string(ready.at("certificate").as_string())};
    const Outcome outcome = send(settings, some_mail("buyer@example.com"));
    ASSERT_EQ(outcome.kind, Outcome::Kind::sent) << outcome.detail;
    EXPECT_EQ(outcome.reference, "<1@shop.example>");
    const json::value mail = server.line();
    EXPECT_TRUE(mail.at("secure").as_bool());
    EXPECT_EQ(mail.at("user").as_string(), "shop by PLAIN");
    EXPECT_EQ(mail.at("from").as_string(), "no-reply@shop.example");
    EXPECT_EQ(json::serialize(mail.at("to")), R"(["buyer@example.com"])");
    const std::string raw(mail.at("raw").as_string());
    EXPECT_THAT(raw, HasSubstr("Subject: =?UTF-8?B?R3LDvMOfZSDDvGJlciA5LjAwIEVVUg==?=\r\n"));
    EXPECT_THAT(raw, HasSubstr("<no-reply@shop.example>\r\n"));
    EXPECT_THAT(raw, HasSubstr("Message-ID: <1@shop.example>\r\n"));
    EXPECT_THAT(raw, HasSubstr("List-Unsubscribe: <https://shop.example/p>\r\n"));
    EXPECT_THAT(raw, HasSubstr("Content-Type: multipart/alternative"));
    EXPECT_THAT(raw, HasSubstr("Content-Type: text/html; charset=utf-8"));
    EXPECT_THAT(raw, HasSubstr("\r\n..versteckt\r\n")) << "dots are as they were";
    for (std::size_t at = 0, end; (end = raw.find("\r\n", at)) != raw.npos; at = end + 2) EXPECT_LE(end - at, 998U);

    EXPECT_EQ(send(settings, some_mail("nobody@example.com")).kind, Outcome::Kind::refused);
    settings.trusted_ca_pem.clear();
    EXPECT_EQ(send(settings, some_mail("buyer@example.com")).kind, Outcome::Kind::later) << "an unknown certificate";
    settings.trusted_ca_pem = std::string(ready.at("certificate").as_string());
    settings.smtp_url = fmt::format("smtp://shop:wrong@localhost:{}", ready.at("port").as_int64());
    EXPECT_EQ(send(settings, some_mail("buyer@example.com")).kind, Outcome::Kind::later) << "our own fault";
}

TEST(SmtpServer, WithoutEncryptionGetsNoPassword) {
    Script server("mail_server.mjs", "plain");
    const std::int64_t port = server.line().at("port").as_int64();
    MailerSettings settings{.smtp_url = fmt::format("smtp://shop:secret@127.0.0.1:{}", port),
                            .mail_from = "no-reply@shop.example"};
    EXPECT_EQ(send(settings, some_mail("buyer@example.com")).kind, Outcome::Kind::later);
    settings.smtp_url = fmt::format("smtp://127.0.0.1:{}", port);
    EXPECT_EQ(send(settings, some_mail("buyer@example.com")).kind, Outcome::Kind::sent) << "on this machine";
    EXPECT_FALSE(server.line().at("secure").as_bool());
    EXPECT_EQ(send(settings, some_mail("buyer@example.com\r\nDATA")).kind, Outcome::Kind::refused);
}

TEST(Mailer, SaysWhatIsWrongWithItsSettings) {
    EXPECT_THROW(Mailer({.smtp_url = "http://localhost", .mail_from = "a@b.c"}), std::invalid_argument);
    EXPECT_THROW(Mailer({.smtp_url = "smtp://localhost", .mail_from = ""}), std::invalid_argument);
    const Outcome outcome = send({.smtp_url = "smtp://127.0.0.1:1", .mail_from = "a@b.c"}, some_mail("a@b.c"));
    EXPECT_EQ(outcome.kind, Outcome::Kind::later);
    EXPECT_THAT(outcome.detail, Not(HasSubstr("a@b.c")));
}

}  // namespace
}  // namespace liveshop::notify
