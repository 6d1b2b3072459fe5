#include "modules/live/filter_process.hpp"

#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstring>
#include <memory>
#include <optional>
#include <system_error>

namespace liveshop::live {
namespace {

namespace asio = boost::asio;
using Socket = asio::local::stream_protocol::socket;

/// A program under way, with one socket as its standard input and output. It is killed and waited for on every way out.
class Child {
  public:
    Child(const asio::any_io_executor& executor, const std::string& program) : socket(executor) {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
            throw std::system_error(errno, std::generic_category(), "socketpair");
        socket.assign(asio::local::stream_protocol(), ends[0]);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        std::array<char*, 2> arguments{const_cast<char*>(program.c_str()), nullptr};
        std::array<char*, 1> environment{nullptr};
        error = ::posix_spawn(&id_, program.c_str(), &actions, nullptr, arguments.data(), environment.data());
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        waited_ = error != 0;
    }
    Child(const Child&) = delete;
    ~Child() {
        if (status()) return;
        kill();
        while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) continue;
    }

    void kill() const {
        if (!waited_) ::kill(id_, SIGKILL);
    }
    /// Its status, -1 where it was killed; nothing while it runs.
    std::optional<int> status() {
        int status = 0;
        if (!waited_ && ::waitpid(id_, &status, WNOHANG) != id_) return std::nullopt;
        if (!waited_) status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        waited_ = true;
        return status_;
    }

    Socket socket;
    int error = 0;  ///< why it could not be begun
    bool late = false;

  private:
    pid_t id_ = 0;
    int status_ = -1;
    bool waited_ = false;
};

// A program that reads no further has its reasons: what it says counts.
asio::awaitable<void> feed(std::shared_ptr<Child> child, std::string input) {
    boost::system::error_code closed;
    co_await asio::async_write(child->socket, asio::buffer(input), asio::redirect_error(asio::use_awaitable, closed));
    child->socket.shutdown(Socket::shutdown_send, closed);
}

}  // namespace

asio::awaitable<std::expected<std::string, std::string>> filter(std::string program, std::string input,
                                                                FilterLimits limits) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const auto child = std::make_shared<Child>(executor, program);
    if (child->error != 0) co_return std::unexpected(program + ": " + std::strerror(child->error));
    asio::co_spawn(executor, feed(child, std::move(input)), asio::detached);
    asio::steady_timer timer(executor, limits.time);
    timer.async_wait([child](boost::system::error_code cancelled) {
        if (cancelled) return;
        child->late = true;
        child->kill();
    });
    std::string output;
    boost::system::error_code end;
    std::array<char, 65'536> space;
    while (!end && output.size() <= limits.output_bytes) {
        const std::size_t size =
            co_await child->socket.async_read_some(asio::buffer(space), asio::redirect_error(asio::use_awaitable, end));
        output.append(space.data(), size);
    }
    const bool too_much = output.size() > limits.output_bytes;
    if (too_much) child->kill();
    asio::steady_timer pause(executor);
    std::optional<int> status;
    while (!(status = child->status())) {  // it has closed its output, and ends or is killed
        pause.expires_after(std::chrono::milliseconds(1));
        co_await pause.async_wait(asio::use_awaitable);
    }
    timer.cancel();
    if (child->late) co_return std::unexpected(program + " took too long");
    if (too_much) co_return std::unexpected(program + " said too much");
    if (*status != 0) co_return std::unexpected(program + " ended with " + std::to_string(*status));
    co_return output;
}

}  // namespace liveshop::live
