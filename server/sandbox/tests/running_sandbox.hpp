#pragma once
// A sandbox on a thread of its own, with a port and a folder of its own.
#include <boost/asio/co_spawn.hpp>
#include <thread>

#include "sandbox/sandbox.hpp"
#include "sandbox/tests/bank.hpp"

namespace liveshop::sandbox {

class RunningSandbox {
  public:
    explicit RunningSandbox(const std::filesystem::path& folder, std::uint16_t webhook_port = 0)
        : sandbox_(io_, settings(folder, webhook_port)), thread_([this] { io_.run(); }) {}
    ~RunningSandbox() {
        boost::asio::co_spawn(io_, sandbox_.stop(), [this](std::exception_ptr) { io_.stop(); });
        thread_.join();
    }
    RunningSandbox(const RunningSandbox&) = delete;

    std::uint16_t port() const { return sandbox_.port(); }
    std::uint16_t smtp_port() const { return sandbox_.smtp_port(); }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port()); }

    static constexpr std::string_view webhook_secret = "whsec_of_the_test";

  private:
    static Settings settings(const std::filesystem::path& folder, std::uint16_t webhook_port) {
        Settings settings;
        settings.sandbox_port.value = 0;
        settings.sandbox_folder = folder.string();
        settings.stripe_secret_key = ForeignSecret(std::string(Bank::secret_key));
        settings.stripe_publishable_key.value = Bank::publishable_key;
        settings.public_url = "http://localhost:8080";
        if (webhook_port != 0) {
            settings.stripe_webhook_url = "http://127.0.0.1:" + std::to_string(webhook_port) + "/hook";
            settings.stripe_webhook_secret = webhook_secret;
        }
        return settings;
    }

    boost::asio::io_context io_{1};
    Sandbox sandbox_;
    std::thread thread_;
};

}  // namespace liveshop::sandbox
