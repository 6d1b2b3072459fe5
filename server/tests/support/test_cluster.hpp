#pragma once
// A PostgreSQL for tests, and databases in it that take milliseconds to make.
#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace liveshop::test {

/// A throw-away PostgreSQL of this process: in a new folder, on a Unix socket, without fsync; stopped and removed by
/// the destructor, and stopped by the kernel should the process die before. The server's programs are Debian's, or
/// those of the folder LIVESHOP_PG_BIN.
class PrivateCluster {
  public:
    PrivateCluster();
    ~PrivateCluster();
    PrivateCluster(const PrivateCluster&) = delete;
    PrivateCluster& operator=(const PrivateCluster&) = delete;

    /// Of the superuser, in the database `postgres`.
    std::string dsn() const;
    void start();
    /// `signal`: SIGINT ends sessions politely, SIGQUIT at once.
    void stop(int signal);
    /// The server's log so far.
    std::string log() const;

  private:
    std::filesystem::path folder_;
    pid_t server_ = 0;
};

/// The superuser's DSN of the cluster shared by this process's tests: LIVESHOP_TEST_DSN_ADMIN (keyword=value form), or
/// else a PrivateCluster that ends with the process.
const std::string& cluster_dsn();

/// Runs SQL and answers the first value of its last result, empty for none or NULL. Throws std::runtime_error.
std::string execute(const std::string& dsn, const std::string& sql);

}  // namespace liveshop::test
