#include "up/child.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace liveshop::up {
namespace {

using boost::system::error_code;

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() { reset(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return number_; }
    int release() { return std::exchange(number_, -1); }
    void reset() {
        if (number_ >= 0) close(number_);
        number_ = -1;
    }

  private:
    int number_;
};

[[noreturn]] void fail(const std::string& what, int error = errno) {
    throw std::system_error(error, std::generic_category(), what);
}

struct Pipe {
    Descriptor read{-1}, write{-1};
    Pipe() : Pipe(open_both()) {}

  private:
    explicit Pipe(std::array<int, 2> ends) : read(ends[0]), write(ends[1]) {}
    static std::array<int, 2> open_both() {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0) fail("no pipe for a child's output");
        return ends;
    }
};

std::string path_of(const std::string& program) {
    if (program.find('/') != program.npos) return program;
    const char* path = getenv("PATH");
    std::string_view rest = path ? path : "/usr/bin:/bin";
    while (!rest.empty()) {
        const std::size_t colon = std::min(rest.find(':'), rest.size());
        const std::string candidate = std::string(rest.substr(0, colon)) + "/" + program;
        if (access(candidate.c_str(), X_OK) == 0) return candidate;
        rest.remove_prefix(std::min(colon + 1, rest.size()));
    }
    fail(program + " is not in PATH", ENOENT);
}

std::vector<std::string> environment_of(const Command& command) {
    std::vector<std::string> all;
    for (char** entry = environ; *entry; ++entry) {
        const std::string_view text = *entry;
        const std::string_view name = text.substr(0, text.find('='));
        const bool withheld = !command.variables_withheld.empty() && name.starts_with(command.variables_withheld);
        const bool replaced =
            std::ranges::any_of(command.variables, [&](const auto& set) { return set.first == name; });
        if (!withheld && !replaced) all.emplace_back(text);
    }
    for (const auto& [name, value] : command.variables) all.push_back(name + "=" + value);
    return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

// What the child does between fork and exec, prepared before: there, only calls that are safe in a signal handler.
struct Execution {
    const char* program;
    char* const* arguments;
    char* const* environment;
    const char* directory;
    pid_t parent;
    int output, failure;

    [[noreturn]] void run() const {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(127);  // died before the line above
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
        ::signal(SIGPIPE, SIG_DFL);
        const int nothing = open("/dev/null", O_RDONLY);
        dup2(nothing, 0);
        dup2(output, 1);
        dup2(output, 2);
        close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
        if (!*directory || chdir(directory) == 0) execve(program, arguments, environment);
        const int error = errno;
        [[maybe_unused]] const ssize_t told = write(failure, &error, sizeof error);
        _exit(127);
    }
};

pid_t start(const Command& command, int output) {
    if (command.arguments.empty() || command.arguments[0].empty()) fail("an empty command", EINVAL);
    const std::string program = path_of(command.program.empty() ? command.arguments[0] : command.program);
    std::vector<std::string> arguments = command.arguments;
    std::vector<std::string> environment = environment_of(command);
    const std::vector<char*> argument_pointers = pointers_to(arguments);
    const std::vector<char*> environment_pointers = pointers_to(environment);
    Pipe failure;
    const Execution execution{.program = program.c_str(),
                              .arguments = argument_pointers.data(),
                              .environment = environment_pointers.data(),
                              .directory = command.directory.c_str(),
                              .parent = getpid(),
                              .output = output,
                              .failure = failure.write.get()};
    const pid_t pid = fork();
    if (pid < 0) fail("no new process for " + program);
    if (pid == 0) execution.run();

    setpgid(pid, pid);  // here too: a signal to the group may come before the child has run
    failure.write.reset();
    int error = 0;
    if (read(failure.read.get(), &error, sizeof error) == sizeof error) {
        waitpid(pid, nullptr, 0);
        fail("cannot run " + program + (command.directory.empty() ? "" : " in " + command.directory), error);
    }
    return pid;
}

}  // namespace

Child::Child(asio::io_context& io, const Command& command, OnOutput on_output)
    : exit_(io), output_(std::make_shared<Output>(asio::posix::stream_descriptor(io), std::move(on_output))) {
    Pipe output;
    pid_ = start(command, output.write.get());
    try {
        const int pidfd = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));  // glibc 2.36 declares it for C only
        if (pidfd < 0) fail("pidfd_open");
        exit_.assign(pidfd);
        output_->pipe.assign(output.read.release());
        output_->pipe.non_blocking(true);
        asio::co_spawn(io, keep_reading(output_), asio::detached);
    } catch (...) {
        signal(SIGKILL);
        reap();
        throw;
    }
}

Child::~Child() {
    if (!reaped_) {
        signal(SIGKILL);
        reap();
    }
    error_code ignored;
    output_->pipe.close(ignored);
}

void Child::signal(int number) {
    if (!reaped_ && pid_ > 0) kill(-pid_, number);
}

int Child::reap() {
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0)
        if (errno != EINTR) fail("waitpid");
    reaped_ = true;
    return status;
}

awaitable<int> Child::ended() {
    co_await exit_.async_wait(asio::posix::descriptor_base::wait_read, asio::use_awaitable);
    // Until it is reaped its number, which is its group's too, cannot belong to anybody else.
    signal(SIGKILL);
    output_->read();
    co_return reap();
}

bool Child::Output::read() {
    std::array<char, 16 * 1024> buffer;
    error_code error;
    for (int turn = 0; turn < 64 && pipe.is_open(); ++turn) {  // a flood from one child must not starve the others
        const std::size_t size = pipe.read_some(asio::buffer(buffer), error);
        if (error == asio::error::would_block) return true;
        if (error) return false;
        on_output(std::string_view(buffer.data(), size));
    }
    return pipe.is_open();
}

awaitable<void> Child::keep_reading(std::shared_ptr<Output> output) {
    for (bool open = true; open;) {
        error_code error;
        co_await output->pipe.async_wait(asio::posix::descriptor_base::wait_read,
                                         asio::redirect_error(asio::use_awaitable, error));
        open = !error && output->read();
    }
}

std::string describe_end(int wait_status) {
    if (WIFSIGNALED(wait_status))
        return fmt::format("killed by signal {} ({})", WTERMSIG(wait_status), strsignal(WTERMSIG(wait_status)));
    return fmt::format("exit status {}", WEXITSTATUS(wait_status));
}

}  // namespace liveshop::up
