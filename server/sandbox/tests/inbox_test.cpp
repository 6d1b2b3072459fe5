// The inbox: SMTP line by line, mails as they are read, the doors of providers, and what a person is shown.
#include "sandbox/inbox.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "platform/cursor.hpp"
#include "platform/http/client.hpp"
#include "sandbox/inbox_door.hpp"
#include "sandbox/inbox_mail.hpp"
#include "sandbox/inbox_smtp.hpp"
#include "sandbox/tests/running_sandbox.hpp"
#include "tests/support/run.hpp"

namespace liveshop::sandbox {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

struct Smtp : testing::Test {
    /// The first four characters of the answer, "" within data.
    std::string say(std::string_view line) { return dialogue.answer(line).substr(0, 3); }
    void begin() {
        ASSERT_EQ(say("EHLO shop"), "250");
        ASSERT_EQ(say("MAIL FROM:<shop@example.com> SIZE=100 BODY=8BITMIME"), "250");
    }
    Inbox inbox;
    SmtpDialogue dialogue{inbox};
};

TEST_F(Smtp, AMailIsTakenForEachOfItsRecipients) {
    begin();
    EXPECT_EQ(say("rcpt to:<ada@example.com>"), "250");
    EXPECT_EQ(say("RCPT TO:<bob@example.com>"), "250");
    EXPECT_EQ(say("DATA"), "354");
    for (const char* line : {"Subject: Hello", "", "one", "..two", ""}) EXPECT_EQ(say(line), "");
    EXPECT_EQ(say("."), "250");
    ASSERT_EQ(inbox.find("").size(), 2U);
    const InboxMessage& message = *inbox.find("ADA@example.com").at(0);
    EXPECT_EQ(message.medium, Medium::email);
    EXPECT_EQ(message.from, "shop@example.com");
    EXPECT_EQ(message.subject, "Hello");
    EXPECT_EQ(message.text, "one\n.two\n\n") << "the dot that was put before another is gone";
    EXPECT_EQ(say("MAIL FROM:<>"), "250") << "and the next one begins anew";
    EXPECT_EQ(say("QUIT"), "221");
    EXPECT_TRUE(dialogue.is_over());
}

TEST_F(Smtp, CommandsComeInOrder) {
    EXPECT_EQ(say("MAIL FROM:<a@example.com>"), "503") << "before EHLO";
    EXPECT_EQ(say("EHLO"), "501");
    EXPECT_EQ(say("HELO shop"), "250");
    EXPECT_EQ(say("RCPT TO:<a@example.com>"), "503");
    EXPECT_EQ(say("DATA"), "503");
    EXPECT_EQ(say("MAIL FROM:a@example.com"), "501");
    EXPECT_EQ(say("MAIL FROM:<a@example.com>"), "250");
    EXPECT_EQ(say("MAIL FROM:<a@example.com>"), "503");
    EXPECT_EQ(say("DATA"), "554");
    EXPECT_EQ(say("RCPT TO:<a>"), "501");
    EXPECT_EQ(say("RCPT TO:<a b@example.com>"), "501");
    EXPECT_EQ(say("RCPT TO:<nobody@example.com>"), "550");
    EXPECT_EQ(say("RSET"), "250");
    EXPECT_EQ(say("RCPT TO:<a@example.com>"), "503") << "forgotten";
    EXPECT_EQ(say("STARTTLS"), "502");
    EXPECT_EQ(say("AUTH PLAIN AGEAYg=="), "502");
    EXPECT_EQ(say("VRFY a"), "252");
    EXPECT_EQ(say("NOOP"), "250");
    EXPECT_EQ(say("GET / HTTP/1.1"), "500");
    EXPECT_EQ(say(std::string(1'000, 'x')), "500");
    EXPECT_THAT(dialogue.answer("EHLO shop"), HasSubstr("SIZE 1048576"));
}

TEST_F(Smtp, WhatIsTooMuchIsRefused) {
    EXPECT_EQ(say("EHLO shop"), "250");
    EXPECT_EQ(say("MAIL FROM:<a@example.com> SIZE=1048577"), "552");
    EXPECT_EQ(say("MAIL FROM:<a@example.com> SIZE=x"), "501");
    EXPECT_EQ(say("MAIL FROM:<a@example.com>"), "250");
    for (std::size_t i = 0; i < SmtpDialogue::recipients_max; ++i) say(fmt::format("RCPT TO:<r{}@example.com>", i));
    EXPECT_EQ(say("RCPT TO:<more@example.com>"), "452");
    EXPECT_EQ(say("DATA"), "354");
    const std::string line(990, 'x');
    for (int i = 0; i < 1'100; ++i) EXPECT_EQ(say(line), "");
    EXPECT_EQ(say("."), "552");
    EXPECT_TRUE(inbox.find("").empty());
    begin();
    say("RCPT TO:<a@example.com>");
    say("DATA");
    for (int i = 0; i < 20'000 && !dialogue.is_over(); ++i) say(line);
    EXPECT_TRUE(dialogue.is_over()) << "whoever never stops is left";
}

TEST(InboxMail, IsReadAsItWasMeant) {
    const InboxMessage mail = read_mail(
        "From: \"Shop\" <shop@example.com>\r\n"
        "Subject: =?UTF-8?B?R3LDvMOfZSA=?=\r\n =?UTF-8?Q?f=C3=BCr_Ada?=\r\n"
        "Content-Type: multipart/alternative;\r\n boundary=\"b 1\"\r\n\r\n"
        "preamble\r\n--b 1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
        "quoted-printable\r\n\r\nYour code is 12=\r\n3456 =E2=82=AC\r\n"
        "--b 1\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+aGk8\r\nL2I+\r\n"
        "--b 1--\r\nepilogue");
    EXPECT_EQ(mail.subject, "Grüße für Ada");
    EXPECT_EQ(mail.text, "Your code is 123456 €");
    EXPECT_EQ(mail.html, "<b>hi</b>");
}

TEST(InboxMail, TakesWhateverComes) {
    std::string nested;
    for (int i = 0; i < 50; ++i) nested += "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n";
    for (const std::string& odd :
         {std::string(), std::string("\r\n"), std::string(": \r\n =?="), std::string("Subject: =?UTF-8?B"),
          std::string("Subject: =?a?b?c?="), std::string("Content-Type: multipart/x; boundary=\r\n\r\n--"),
          std::string("Content-Transfer-Encoding: base64\r\n\r\n="),
          std::string("Content-Transfer-Encoding: quoted-printable\r\n\r\n=4"), nested, std::string("\xff\xfe\0x", 4)})
        EXPECT_LE(read_mail(odd).text.size(), odd.size());
    Inbox inbox;
    inbox.keep({.to = "a", .text = "caf\xe9"});
    EXPECT_EQ(inbox.find("a").at(0)->text, "caf?") << "JSON is UTF-8";
}

TEST(InboxTest, KeepsTheLastOnes) {
    Inbox inbox;
    for (int i = 0; i < 600; ++i) inbox.keep({.to = "a@example.com", .text = "x"});
    EXPECT_EQ(inbox.find("").size(), Inbox::messages_max);
    EXPECT_EQ(inbox.find("").front()->id, 600) << "newest first";
    EXPECT_EQ(inbox.find("", 598).size(), 2U);
    for (int i = 0; i < 40; ++i) inbox.keep({.to = "b@example.com", .text = std::string(1'000'000, 'y')});
    EXPECT_LE(inbox.find("").size(), 16U);
    EXPECT_GE(inbox.find("").size(), 15U);
}

struct Door : testing::Test {
    http::Response call(std::string_view method, std::string_view path, std::string_view body = "",
                        std::vector<http::HeaderView> headers = {}, std::string_view query = "") {
        const http::Request request{.method = method,
                                    .path = path,
                                    .query = query,
                                    .body = body,
                                    .headers = headers,
                                    .remote_address = "127.0.0.1"};
        return door.answer(request).value_or(http::Response{.status = 404});
    }
    Inbox inbox;
    InboxDoor door{inbox, "AC1", "token"};
};

constexpr std::string_view sms_path = "/2010-04-01/Accounts/AC1/Messages.json";
constexpr http::HeaderView twilio_key{"Authorization", "Basic QUMxOnRva2Vu"};

TEST_F(Door, TakesTextMessagesAsTwilioDoes) {
    const http::Response sent = call("POST", sms_path, "To=%2B491701234567&From=%2B15005550006&Body=Hi", {twilio_key});
    EXPECT_EQ(sent.status, 201) << sent.body;
    EXPECT_THAT(std::string(json::parse(sent.body).at("sid").as_string()), StartsWith("SM"));
    EXPECT_EQ(inbox.find("+491701234567").at(0)->text, "Hi");
    const auto refused = [&](std::string_view form, std::string_view path = sms_path,
                             http::HeaderView key = twilio_key) {
        const http::Response response = call("POST", path, form, {key});
        return json::parse(response.body).at("code").as_int64();
    };
    EXPECT_EQ(refused("To=%2B491701234567&From=x&Body=Hi", sms_path, {"Authorization", "Basic QUMxOndyb25n"}), 20003);
    EXPECT_EQ(refused("To=%2B491701234567&From=x&Body=Hi", "/2010-04-01/Accounts/AC2/Messages.json"), 20003);
    EXPECT_EQ(refused("From=x&Body=Hi"), 21604);
    EXPECT_EQ(refused("To=%2B491701234567&Body=Hi"), 21603);
    EXPECT_EQ(refused("To=%2B491701234567&From=x"), 21602);
    EXPECT_EQ(refused("To=0170&From=x&Body=Hi"), 21211);
    EXPECT_EQ(refused("To=%2B15005550001&From=x&Body=Hi"), 21211);
    EXPECT_EQ(refused("To=%2B491701234567&From=x&Body=" + std::string(1'601, 'x')), 21617);
    EXPECT_EQ(inbox.find("").size(), 1U);
}

TEST_F(Door, TakesPushMessagesToAppsAsFcmDoes) {
    constexpr std::string_view path = "/v1/projects/demo/messages:send";
    const std::string body = R"({"message": {"token": "phone-1", "notification": {"title": "T", "body": "B"},
                                 "data": {"url": "/orders/1"}}})";
    EXPECT_EQ(call("POST", path, body).status, 401);
    EXPECT_EQ(call("POST", "/token", "grant_type=password").status, 400);
    constexpr std::string_view grant = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=";
    EXPECT_EQ(call("POST", "/token", std::string(grant) + "x").status, 400);
    const http::Response token = call("POST", "/token", std::string(grant) + "a.b.c");
    ASSERT_EQ(token.status, 200);
    const std::string key = "Bearer " + std::string(json::parse(token.body).at("access_token").as_string());
    const std::vector<http::HeaderView> headers{{"Authorization", key}};
    EXPECT_EQ(call("POST", path, body, headers).status, 200);
    EXPECT_EQ(call("POST", path, "{", headers).status, 400);
    EXPECT_EQ(call("POST", path, R"({"message": {"token": "unregistered-1"}})", headers).status, 404);
    ASSERT_EQ(inbox.find("phone-1").size(), 1U);
    EXPECT_EQ(inbox.find("phone-1").at(0)->subject, "T");
    EXPECT_EQ(inbox.find("phone-1").at(0)->headers.at(0).value, "/orders/1");
}

TEST_F(Door, TakesPushMessagesToBrowsersAsAPushServiceDoes) {
    const std::string vapid = "vapid t=a.b.c, k=" + to_base64url(std::string(65, '\4')), body(200, 'x');
    using Headers = std::vector<http::HeaderView>;
    const Headers good{{"Authorization", vapid}, {"TTL", "60"}, {"Content-Encoding", "aes128gcm"}};
    const http::Response taken = call("POST", "/push/phone", body, good);
    EXPECT_EQ(taken.status, 201);
    EXPECT_THAT(taken.headers.at(0).value, StartsWith("/push-message/"));
    EXPECT_EQ(from_base64url(inbox.find("/push/phone").at(0)->text), body) << "as it came";
    EXPECT_EQ(call("POST", "/push/phone", body, {good[1], good[2]}).status, 401);
    EXPECT_EQ(call("POST", "/push/phone", body, {good[0], good[2]}).status, 400) << "no TTL";
    EXPECT_EQ(call("POST", "/push/phone", body, {good[0], good[1]}).status, 415);
    EXPECT_EQ(call("POST", "/push/phone", std::string(4'097, 'x'), good).status, 413);
    EXPECT_EQ(call("POST", "/push/phone", "clear text", good).status, 400);
    EXPECT_EQ(call("POST", "/push/gone-1", body, good).status, 410);
    EXPECT_EQ(inbox.find("").size(), 1U);
}

TEST_F(Door, ShowsWhatCameEscapedNewestFirst) {
    inbox.keep({.to = "ada@example.com", .subject = "<b>One</b>", .text = "see http://shop/a?b=1&c=\"<script>"});
    inbox.keep({.to = "bob@example.com", .subject = "Two", .text = "x"});
    const http::Response page = call("GET", "/inbox");
    EXPECT_EQ(page.status, 200);
    EXPECT_LT(page.body.find("Two"), page.body.find("&lt;b&gt;One"));
    EXPECT_THAT(page.body, HasSubstr("<a href=\"http://shop/a?b=1&amp;c=\">"));
    EXPECT_THAT(page.body, Not(HasSubstr("<script>")));
    EXPECT_THAT(page.body, HasSubstr("/inbox?to=ada%40example.com"));
    const http::Response adas = call("GET", "/inbox", "", {}, "to=ada%40example.com");
    EXPECT_THAT(adas.body, Not(HasSubstr("Two")));
    EXPECT_THAT(call("GET", "/inbox", "", {}, "to=%22%3E%3Cscript%3E").body, Not(HasSubstr("\"><script>")));
    const json::value listed = json::parse(call("GET", "/inbox.json", "", {}, "to=ADA%40example.com").body);
    ASSERT_EQ(listed.at("messages").as_array().size(), 1U);
    EXPECT_EQ(listed.at("messages").at(0).at("subject").as_string(), "<b>One</b>");
    EXPECT_EQ(json::parse(call("GET", "/inbox.json", "", {}, "after=2").body).at("messages").as_array().size(), 0U);
    EXPECT_EQ(call("POST", "/inbox").status, 404);
}

// Over a socket, several lines at once and byte by byte.
TEST(InboxSmtp, SpeaksOverASocket) {
    const ScratchFolder folder;
    const RunningSandbox sandbox(folder.path);
    boost::asio::io_context io;
    boost::asio::ip::tcp::socket socket(io);
    socket.connect({boost::asio::ip::address_v4::loopback(), sandbox.smtp_port()});
    const std::string said =
        "EHLO test\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nSubject: S\r\n\r\nbody\n.\n"
        "still\r\n.\r\nQUIT\r\n";
    for (const char& c : said.substr(0, 30)) boost::asio::write(socket, boost::asio::buffer(&c, 1));
    boost::asio::write(socket, boost::asio::buffer(said.substr(30)));
    std::string heard;
    boost::system::error_code end;
    boost::asio::read(socket, boost::asio::dynamic_buffer(heard), end);
    EXPECT_EQ(end, boost::asio::error::eof);
    EXPECT_THAT(heard, StartsWith("220 "));
    EXPECT_THAT(heard, HasSubstr("354 "));
    EXPECT_THAT(heard, HasSubstr("221 "));
    http::Client client(io);
    const auto listed = test::run(
        io, client.call(
                {.method = "GET", .url = sandbox.url() + "/inbox.json?to=b@example.com", .headers = {}, .body = {}}));
    ASSERT_TRUE(listed);
    const json::value messages = json::parse(listed->body);
    ASSERT_EQ(messages.at("messages").as_array().size(), 1U);
    EXPECT_EQ(messages.at("messages").at(0).at("text").as_string(), "body\n.\nstill\n") << "a bare LF ends nothing";

    boost::asio::ip::tcp::socket endless(io);
    endless.connect({boost::asio::ip::address_v4::loopback(), sandbox.smtp_port()});
    boost::asio::write(endless, boost::asio::buffer(std::string(10'000, 'x')), end);
    heard.clear();
    boost::asio::read(endless, boost::asio::dynamic_buffer(heard), end);
    EXPECT_TRUE(end) << "a line without an end closes the connection";
}

}  // namespace
}  // namespace liveshop::sandbox
