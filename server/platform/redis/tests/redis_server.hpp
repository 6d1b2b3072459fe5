#pragma once
// A real Redis for tests, and peers that are none.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/local/stream_protocol.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "platform/redis/address.hpp"

namespace liveshop::test {

/// A folder that goes with its owner.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "liveshop-test-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw std::runtime_error("cannot make a folder");
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;  // what remains is in the temporary folder
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// Debian's redis-server on a Unix socket in a folder of its own; ended by the destructor, and by the kernel should the
/// test die before.
class RedisServer {
  public:
    explicit RedisServer(std::vector<std::string> options = {}) : options_(std::move(options)) { start(); }
    ~RedisServer() { stop(SIGKILL); }
    RedisServer(const RedisServer&) = delete;
    RedisServer& operator=(const RedisServer&) = delete;

    std::string socket() const { return (folder_.path() / "redis.sock").string(); }
    redis::Address address() const { return redis::parse_address("unix://" + socket()).value(); }

    void start() {
        std::vector<std::string> command{"/usr/bin/redis-server",
                                         "--port",
                                         "0",
                                         "--unixsocket",
                                         socket(),
                                         "--dir",
                                         folder_.path(),
                                         "--save",
                                         "",
                                         "--appendonly",
                                         "no",
                                         "--logfile",
                                         log_path()};
        command.insert(command.end(), options_.begin(), options_.end());
        std::vector<char*> argv;
        for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
        argv.push_back(nullptr);
        const pid_t parent = ::getpid();
        pid_ = ::fork();
        if (pid_ < 0) throw std::runtime_error("cannot fork");
        if (pid_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            const int out = ::open(log_path().c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
            ::dup2(out, STDOUT_FILENO);
            ::dup2(out, STDERR_FILENO);
            if (::getppid() == parent) ::execv(argv[0], argv.data());
            ::_exit(127);
        }
        using namespace std::chrono_literals;
        for (const auto deadline = std::chrono::steady_clock::now() + 10s; !accepts(); std::this_thread::sleep_for(5ms))
            if (::waitpid(pid_, nullptr, WNOHANG) != 0 || std::chrono::steady_clock::now() > deadline)
                throw std::runtime_error("redis-server does not start: " + log());
    }
    /// SIGKILL: gone without a word. SIGSTOP and SIGCONT: silent for a while.
    void send(int signal) { ::kill(pid_, signal); }
    void stop(int signal) {
        if (pid_ <= 0) return;
        ::kill(pid_, signal);
        ::waitpid(pid_, nullptr, 0);
        pid_ = 0;
        std::error_code ignored;  // a Redis that ended politely removed it
        std::filesystem::remove(socket(), ignored);
    }
    std::string log() const {
        std::ifstream in(log_path(), std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    }
    const std::filesystem::path& folder() const { return folder_.path(); }

  private:
    std::string log_path() const { return (folder_.path() / "redis.log").string(); }
    bool accepts() const {
        boost::asio::io_context io;
        boost::asio::local::stream_protocol::socket probe(io);
        boost::system::error_code error;
        probe.connect(boost::asio::local::stream_protocol::endpoint(socket()), error);
        return !error;
    }

    TemporaryFolder folder_;
    std::vector<std::string> options_;
    pid_t pid_ = 0;
};

}  // namespace liveshop::test
