#pragma once
#include <memory>

#include "modules/notify/mail.hpp"
#include "modules/notify/outcome.hpp"
#include "platform/compute_threads.hpp"

namespace liveshop::notify {

struct MailerSettings {
    std::string smtp_url;   ///< smtp://user:password@host:port or smtps://…
    std::string mail_from;  ///< the sender's address
    std::chrono::seconds connect_timeout{5};
    std::chrono::seconds timeout{20};  ///< of one mail, from connecting to the server's last word
    std::string trusted_ca_pem{};      ///< instead of the system's authorities
};

/// SMTP by libcurl, on threads of its own: STARTTLS wherever the server is not on this machine, certificates verified,
/// AUTH as the server offers it. A connection is kept for the next mail. One a process.
class Mailer {
  public:
    /// Throws std::invalid_argument with a sentence if the settings cannot work.
    explicit Mailer(MailerSettings settings);

    /// Takes 20 s at most. While the server cannot be reached, mails fail at once for some seconds: they are jobs, and
    /// must not hold up all the others.
    boost::asio::awaitable<Outcome> send(Mail mail);

  private:
    Outcome deliver(const Mail& mail);

    MailerSettings settings_;
    std::string url_;  ///< as libcurl takes it
    bool is_local_ = false;
    std::atomic<std::int64_t> unreachable_until_us_ = 0;
    ComputeThreads threads_{2, 64};
};

}  // namespace liveshop::notify
