#pragma once
// Stands between a client and PostgreSQL's socket, counts what the client sends, and can misbehave.
#include <boost/asio.hpp>
#include <filesystem>
#include <list>
#include <memory>
#include <string>
#include <vector>

namespace liveshop::test {
namespace asio = boost::asio;

/// Runs on the test's own io_context.
class DatabaseRelay {
  public:
    /// `dsn`: of a PostgreSQL on a Unix socket (`host=/folder …`).
    DatabaseRelay(asio::io_context& io, const std::string& dsn);
    ~DatabaseRelay();
    DatabaseRelay(const DatabaseRelay&) = delete;
    DatabaseRelay& operator=(const DatabaseRelay&) = delete;

    /// `dsn` with this relay's folder as its host.
    std::string through(const std::string& dsn) const;
    /// Types of the messages the client sent since the last call (PostgreSQL manual, 55.7): B bind, E execute, S sync,
    /// P parse …, of all connections.
    std::string take_sent();
    /// Passes no more answers on, as if the server had gone without a word.
    void hold_answers() { holding_ = true; }
    /// Ends all connections as if the network had failed.
    void cut();

  private:
    struct Link;
    void accept();

    asio::io_context& io_;
    std::filesystem::path folder_;
    std::string server_;
    asio::local::stream_protocol::acceptor acceptor_;
    std::list<std::weak_ptr<Link>> links_;
    std::string sent_;
    bool holding_ = false;
};

}  // namespace liveshop::test
