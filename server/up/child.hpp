#pragma once
// One process that this process started, with all that it starts itself.
#include <sys/types.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace liveshop::up {
namespace asio = boost::asio;
using asio::awaitable;

/// What to run. The program is looked up in PATH unless its name holds a slash; no shell is involved.
struct Command {
    std::vector<std::string> arguments;                            ///< the program first
    std::string program{};                                         ///< the file to run, if it is not the first argument
    std::string directory{};                                       ///< to run in; empty: where we are
    std::vector<std::pair<std::string, std::string>> variables{};  ///< set in its environment
    std::string variables_withheld{};  ///< our variables that begin so are not passed on; empty: all are
};

/// Runs in a process group of its own, with nothing on its standard input and both outputs in one pipe. The kernel
/// kills it when this process dies, however that happens. Start it on a thread that lives as long as it.
class Child {
  public:
    using OnOutput = std::function<void(std::string_view)>;

    /// Throws std::system_error whose text says what could not be started and why.
    Child(asio::io_context& io, const Command& command, OnOutput on_output);
    /// Kills what still runs.
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    pid_t pid() const { return pid_; }

    /// Until it has ended, all its output was seen and what it left behind in its group is killed; answers how it
    /// ended, in the form of waitpid(2). Called once.
    awaitable<int> ended();

    /// To its whole group; nothing once it has ended.
    void signal(int number);

  private:
    struct Output {
        asio::posix::stream_descriptor pipe;
        OnOutput on_output;
        bool read();  // what is there now; false at the end
    };
    static awaitable<void> keep_reading(std::shared_ptr<Output> output);
    int reap();

    pid_t pid_ = -1;
    bool reaped_ = false;
    asio::posix::stream_descriptor exit_;  // a pidfd: readable once the process has ended
    std::shared_ptr<Output> output_;       // shared with the reading coroutine, which may outlive us by a turn
};

/// "exit status 1", "killed by signal 9 (Killed)".
std::string describe_end(int wait_status);

}  // namespace liveshop::up
