#include "sandbox/inbox_smtp.hpp"

#include <fmt/format.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <charconv>

#include "platform/http/message.hpp"
#include "sandbox/inbox_mail.hpp"

namespace liveshop::sandbox {
namespace asio = boost::asio;

namespace {

constexpr std::size_t sessions_max = 50;
constexpr std::chrono::seconds idle_timeout{60};
constexpr std::size_t data_bytes_max = 16 * SmtpDialogue::mail_bytes_max;  // what is read only to be refused

bool takes(std::string_view& line, std::string_view prefix) {
    if (line.size() < prefix.size() || !http::equals_ignoring_case(line.substr(0, prefix.size()), prefix)) return false;
    line.remove_prefix(prefix.size());
    return true;
}

/// "<ada@example.com> SIZE=100": the path without its brackets, and the parameters behind it.
struct Path {
    std::string_view address;
    std::string_view parameters;
};
std::optional<Path> path_in(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const std::size_t close = text.find('>');
    if (!text.starts_with('<') || close == text.npos) return std::nullopt;
    const Path path{text.substr(1, close - 1), text.substr(close + 1)};
    if (path.address.find_first_of(" \t<") != path.address.npos) return std::nullopt;
    if (!path.parameters.empty() && path.parameters[0] != ' ') return std::nullopt;
    return path;
}

bool is_mailbox(std::string_view address) {
    const std::size_t at = address.rfind('@');
    return at != address.npos && at > 0 && at + 1 < address.size() && address.size() <= 254;
}

}  // namespace

std::string SmtpDialogue::answer(std::string_view line) {
    if (in_data_) return take(line);
    if (line.size() + 2 > line_bytes_max) return "500 5.5.2 Line too long\r\n";
    return command(line);
}

std::string SmtpDialogue::command(std::string_view line) {
    if (takes(line, "EHLO")) return hello(line, true);
    if (takes(line, "HELO")) return hello(line, false);
    if (takes(line, "MAIL FROM:")) return mail_from(line);
    if (takes(line, "RCPT TO:")) return rcpt_to(line);
    if (http::equals_ignoring_case(line, "DATA")) return data();
    if (http::equals_ignoring_case(line, "RSET")) {
        reset();
        return "250 2.0.0 OK\r\n";
    }
    if (takes(line, "NOOP")) return "250 2.0.0 OK\r\n";
    if (takes(line, "VRFY")) return "252 2.1.5 Send it, and it is taken\r\n";
    if (http::equals_ignoring_case(line, "QUIT")) {
        is_over_ = true;
        return "221 2.0.0 Bye\r\n";
    }
    for (const std::string_view known : {"AUTH", "STARTTLS", "EXPN", "HELP", "TURN", "BDAT", "MAIL", "RCPT"})
        if (takes(line, known))
            return known.size() == 4 && (known == "MAIL" || known == "RCPT") ? "501 5.5.4 Syntax error\r\n"
                                                                             : "502 5.5.1 Not offered here\r\n";
    return "500 5.5.1 Unknown command\r\n";
}

std::string SmtpDialogue::hello(std::string_view name, bool is_extended) {
    if (name.size() < 2 || name[0] != ' ') return "501 5.5.4 Say your name\r\n";
    reset();
    has_said_hello_ = true;
    if (!is_extended) return "250 sandbox.localhost\r\n";
    return fmt::format("250-sandbox.localhost\r\n250-SIZE {}\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n",
                       mail_bytes_max);
}

std::string SmtpDialogue::mail_from(std::string_view argument) {
    if (!has_said_hello_ || from_) return "503 5.5.1 Not now\r\n";
    const std::optional<Path> path = path_in(argument);
    if (!path || (!path->address.empty() && !is_mailbox(path->address))) return "501 5.1.7 Bad sender\r\n";
    if (const std::size_t at = path->parameters.find("SIZE="); at != path->parameters.npos) {
        const std::string_view number = path->parameters.substr(at + 5);
        std::size_t size = 0;
        const auto read = std::from_chars(number.data(), number.data() + number.size(), size);
        if (read.ec != std::errc{}) return "501 5.5.4 Bad size\r\n";
        if (size > mail_bytes_max) return "552 5.3.4 Too large\r\n";
    }
    from_ = std::string(path->address);
    return "250 2.1.0 OK\r\n";
}

std::string SmtpDialogue::rcpt_to(std::string_view argument) {
    if (!from_) return "503 5.5.1 Not now\r\n";
    const std::optional<Path> path = path_in(argument);
    if (!path || !is_mailbox(path->address)) return "501 5.1.3 Bad recipient\r\n";
    // So that a refusal can be tried out.
    if (path->address.starts_with("nobody@")) return "550 5.1.1 There is no such mailbox\r\n";
    if (to_.size() >= recipients_max) return "452 4.5.3 Too many recipients\r\n";
    to_.emplace_back(path->address);
    return "250 2.1.5 OK\r\n";
}

std::string SmtpDialogue::data() {
    if (to_.empty()) return from_ ? "554 5.5.1 No recipients\r\n" : "503 5.5.1 Not now\r\n";
    in_data_ = true;
    return "354 End with a dot\r\n";
}

// Only CR LF ends a line and only CR LF . CR LF the mail: a bare LF is a byte like any other.
std::string SmtpDialogue::take(std::string_view line) {
    if (line == ".") return finish();
    if (line.starts_with('.')) line.remove_prefix(1);  // RFC 5321, 4.5.2
    mail_bytes_ += line.size() + 2;
    if (mail_bytes_ > data_bytes_max) {
        is_over_ = true;
        return "421 4.3.0 Far too large\r\n";
    }
    if (mail_bytes_ > mail_bytes_max) return {};
    mail_ += line;
    mail_ += "\r\n";
    return {};
}

std::string SmtpDialogue::finish() {
    if (mail_bytes_ > mail_bytes_max) {
        reset();
        return "552 5.3.4 Too large\r\n";
    }
    InboxMessage message = read_mail(mail_);
    message.medium = Medium::email;
    message.from = from_.value();
    std::int64_t id = 0;
    for (const std::string& address : to_) {
        InboxMessage one = message;
        one.to = address;
        id = inbox_.keep(std::move(one));
    }
    reset();
    return fmt::format("250 2.0.0 Kept as {}\r\n", id);
}

void SmtpDialogue::reset() {
    from_.reset();
    to_.clear();
    in_data_ = false;
    mail_.clear();
    mail_bytes_ = 0;
}

class InboxSmtp::Session {
  public:
    Session(tcp::socket socket, Inbox& inbox) : stream_(std::move(socket)), dialogue_(inbox) {}

    void close() { stream_.close(); }

    asio::awaitable<void> run() {
        bool is_written = co_await write(SmtpDialogue::greeting());
        while (is_written && !dialogue_.is_over()) {
            const std::optional<std::string> line = co_await read_line();
            if (!line) co_return;
            const std::string reply = dialogue_.answer(*line);
            if (!reply.empty()) is_written = co_await write(reply);
        }
    }

  private:
    asio::awaitable<bool> write(std::string text) {
        boost::system::error_code error;
        stream_.expires_after(idle_timeout);
        co_await asio::async_write(stream_, asio::buffer(text), asio::redirect_error(asio::use_awaitable, error));
        co_return !error;
    }

    // Nothing at the end, after a minute of silence, and after a line that does not end.
    asio::awaitable<std::optional<std::string>> read_line() {
        boost::system::error_code error;
        stream_.expires_after(idle_timeout);
        const std::size_t size =
            co_await asio::async_read_until(stream_, asio::dynamic_buffer(buffer_, 4 * SmtpDialogue::line_bytes_max),
                                            "\r\n", asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return std::nullopt;
        std::string line = buffer_.substr(0, size - 2);
        buffer_.erase(0, size);
        co_return line;
    }

    boost::beast::tcp_stream stream_;
    SmtpDialogue dialogue_;
    std::string buffer_;
};

InboxSmtp::InboxSmtp(asio::io_context& io, const tcp::endpoint& endpoint, Inbox& inbox)
    : io_(io), acceptor_(io, endpoint), port_(acceptor_.local_endpoint().port()), inbox_(inbox) {
    asio::co_spawn(io_, accept(), asio::detached);
}

InboxSmtp::~InboxSmtp() {
    for (const auto& session : open_) session->close();
}

asio::awaitable<void> InboxSmtp::accept() {
    asio::steady_timer pause(io_);
    while (acceptor_.is_open()) {
        boost::system::error_code error;
        tcp::socket socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::operation_aborted) co_return;
        if (error) {  // out of descriptors, most likely: let some close
            pause.expires_after(std::chrono::milliseconds(50));
            co_await pause.async_wait(asio::use_awaitable);
            continue;
        }
        if (open_.size() >= sessions_max) continue;  // closes it
        const auto entry = open_.insert(open_.end(), std::make_shared<Session>(std::move(socket), inbox_));
        asio::co_spawn(
            io_, [session = *entry] { return session->run(); },
            [this, entry](std::exception_ptr) { open_.erase(entry); });
    }
}

asio::awaitable<void> InboxSmtp::stop() {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    for (const auto& session : open_) session->close();
    asio::steady_timer timer(io_);
    for (int tries = 0; tries < 100 && !open_.empty(); ++tries) {
        timer.expires_after(std::chrono::milliseconds(10));
        co_await timer.async_wait(asio::use_awaitable);
    }
}

}  // namespace liveshop::sandbox
