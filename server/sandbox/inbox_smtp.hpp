#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <list>
#include <memory>
#include <optional>

#include "sandbox/inbox.hpp"

namespace liveshop::sandbox {

/// A mail server's side of one SMTP session (RFC 5321), line by line and without a socket. It takes mail for anybody,
/// speaks no TLS and asks for no password. Of messages that are too large it reads the rest and refuses them.
class SmtpDialogue {
  public:
    static constexpr std::size_t line_bytes_max = 1'000;        ///< RFC 5321, 4.5.3.1.6, with CR LF
    static constexpr std::size_t mail_bytes_max = 1024 * 1024;  ///< announced as SIZE (RFC 1870)
    static constexpr std::size_t recipients_max = 100;

    explicit SmtpDialogue(Inbox& inbox) : inbox_(inbox) {}

    static std::string greeting() { return "220 sandbox.localhost ESMTP LiveShop sandbox\r\n"; }
    /// What is answered to a line, which comes without its CR LF; empty within a mail's data.
    std::string answer(std::string_view line);
    /// After QUIT, and after far too much data.
    bool is_over() const { return is_over_; }

  private:
    std::string command(std::string_view line);
    std::string hello(std::string_view line, bool is_extended);
    std::string mail_from(std::string_view argument);
    std::string rcpt_to(std::string_view argument);
    std::string data();
    std::string take(std::string_view line);
    std::string finish();
    void reset();

    Inbox& inbox_;
    bool has_said_hello_ = false;
    std::optional<std::string> from_;  ///< "" for the null sender
    std::vector<std::string> to_;
    bool in_data_ = false;
    std::string mail_;
    std::size_t mail_bytes_ = 0;  ///< also of what was too much to keep
    bool is_over_ = false;
};

/// SMTP on one port, for the programs of this machine.
class InboxSmtp {
  public:
    using tcp = boost::asio::ip::tcp;
    InboxSmtp(boost::asio::io_context& io, const tcp::endpoint& endpoint, Inbox& inbox);
    ~InboxSmtp();
    InboxSmtp(const InboxSmtp&) = delete;

    std::uint16_t port() const { return port_; }
    /// Stops listening and ends all sessions.
    boost::asio::awaitable<void> stop();

  private:
    class Session;
    boost::asio::awaitable<void> accept();

    boost::asio::io_context& io_;
    tcp::acceptor acceptor_;
    std::uint16_t port_ = 0;
    Inbox& inbox_;
    std::list<std::shared_ptr<Session>> open_;
};

}  // namespace liveshop::sandbox
