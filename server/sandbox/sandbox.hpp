#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>

#include "platform/config.hpp"
#include "platform/config/optional_secret.hpp"

namespace liveshop::sandbox {

struct Settings {
    std::string sandbox_address = "127.0.0.1";
    Int<0, 65535> sandbox_port{8280};  ///< 0: any free one
    std::string sandbox_folder = ".local/sandbox";
    ForeignSecret stripe_secret_key;
    Text<1, 255> stripe_publishable_key;
    std::string public_url = "http://localhost:8080";
    std::string stripe_webhook_url;
    std::string stripe_webhook_secret;
    Int<0, 65535> sandbox_smtp_port{0};  ///< 0: any free one
    std::string twilio_account_sid;
    OptionalSecret twilio_auth_token;
};
BOOST_DESCRIBE_STRUCT(Settings, (),
                      (sandbox_address, sandbox_port, sandbox_folder, stripe_secret_key, stripe_publishable_key,
                       public_url, stripe_webhook_url, stripe_webhook_secret, sandbox_smtp_port, twilio_account_sid,
                       twilio_auth_token))
constexpr auto setting_help(const Settings*) {
    return std::array{
        config::Help{"sandbox_address", "IP address the sandbox listens on."},
        config::Help{"sandbox_port", "Port of the sandbox."},
        config::Help{"sandbox_folder", "Where the sandbox keeps its payments from one start to the next."},
        config::Help{"stripe_secret_key", "Stripe's secret key (sk_…): what the server pays with."},
        config::Help{"stripe_publishable_key", "Stripe's publishable key (pk_…): what the card form is opened with."},
        config::Help{"public_url", "The address as people type it: scheme, host, and port if it is not the usual one."},
        config::Help{"stripe_webhook_url", "Where the sandbox sends its events; empty: nowhere."},
        config::Help{"stripe_webhook_secret", "Signs the events (whsec_…)."},
        config::Help{"sandbox_smtp_port", "Port at which the sandbox's inbox takes mail; 0: any free one."},
        config::Help{"twilio_account_sid", "Twilio's account, AC…; empty: no text messages"},
        config::Help{"twilio_auth_token", "Twilio's token of that account"},
    };
}

/// The sandbox on an io_context. Throws std::runtime_error with a sentence where it cannot start.
class Sandbox {
  public:
    Sandbox(boost::asio::io_context& io, const Settings& settings);
    ~Sandbox();

    std::uint16_t port() const;
    std::uint16_t smtp_port() const;
    boost::asio::awaitable<void> stop();

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// `liveshop sandbox`: answers until SIGTERM or SIGINT. The process's exit code.
int run(const Settings& settings);

}  // namespace liveshop::sandbox
