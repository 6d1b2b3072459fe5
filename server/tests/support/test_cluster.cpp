#include "tests/support/test_cluster.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "platform/db/connect.hpp"
#include "platform/db/decode.hpp"

namespace liveshop::test {
namespace {

using namespace std::chrono_literals;

std::string program(const std::string& name) {
    const char* folder = std::getenv("LIVESHOP_PG_BIN");
    return (folder ? folder : "/usr/lib/postgresql/15/bin") + ("/" + name);
}

// PostgreSQL refuses to run as root.
const passwd* server_user() {
    if (::geteuid() != 0) return nullptr;
    const passwd* user = ::getpwnam("postgres");
    if (!user) throw std::runtime_error("PostgreSQL does not run as root, and there is no user postgres");
    return user;
}

pid_t spawn(const std::vector<std::string>& command, const std::filesystem::path& log) {
    std::vector<char*> argv;
    for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    const passwd* user = server_user();
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("cannot fork");
    if (child > 0) return child;
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    if (user && (::setgroups(0, nullptr) || ::setgid(user->pw_gid) || ::setuid(user->pw_uid))) ::_exit(126);
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (::getppid() != parent || ::chdir("/")) ::_exit(125);
    ::execv(argv[0], argv.data());
    ::_exit(127);
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

PrivateCluster::PrivateCluster() {
    std::string name = (std::filesystem::temp_directory_path() / "liveshop-test-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("cannot make a folder for PostgreSQL");
    folder_ = name;
    if (const passwd* user = server_user())
        if (::chown(name.c_str(), user->pw_uid, user->pw_gid)) throw std::runtime_error("cannot chown " + name);
    const pid_t initdb = spawn({program("initdb"), "-D", (folder_ / "data").string(), "-U", "postgres", "-A", "trust",
                                "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"},
                               folder_ / "initdb.log");
    int status = 0;
    ::waitpid(initdb, &status, 0);
    if (status != 0) throw std::runtime_error("initdb failed: " + read_file(folder_ / "initdb.log"));
    start();
}

PrivateCluster::~PrivateCluster() {
    stop(SIGQUIT);
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
    if (error) fmt::print(stderr, "{} remains: {}\n", folder_.string(), error.message());
}

void PrivateCluster::start() {
    std::vector<std::string> command{program("postgres"), "-D", (folder_ / "data").string(), "-k", folder_.string()};
    for (const char* setting : {"listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off",
                                "max_connections=100", "shared_buffers=64MB", "autovacuum=off", "jit=off"}) {
        command.emplace_back("-c");
        command.emplace_back(setting);
    }
    server_ = spawn(command, folder_ / "server.log");
    for (const auto deadline = std::chrono::steady_clock::now() + 30s; PQping(dsn().c_str()) != PQPING_OK;) {
        if (::waitpid(server_, nullptr, WNOHANG) != 0 || std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("PostgreSQL does not start: " + log());
        std::this_thread::sleep_for(10ms);
    }
}

void PrivateCluster::stop(int signal) {
    if (server_ == 0) return;
    ::kill(server_, signal);
    ::waitpid(server_, nullptr, 0);
    server_ = 0;
}

std::string PrivateCluster::dsn() const {
    return fmt::format("host={} user=postgres dbname=postgres", folder_.string());
}

std::string PrivateCluster::log() const { return read_file(folder_ / "server.log"); }

const std::string& cluster_dsn() {
    static const std::string dsn = [] {
        if (const char* configured = std::getenv("LIVESHOP_TEST_DSN_ADMIN")) return std::string(configured);
        static const PrivateCluster cluster;
        return cluster.dsn();
    }();
    return dsn;
}

std::string execute(const std::string& dsn, const std::string& sql) {
    const db::Handle session(PQconnectdb(dsn.c_str()));
    if (PQstatus(session.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(session.get()));
    PQsetNoticeProcessor(session.get(), [](void*, const char*) {}, nullptr);
    const db::Result result(PQexec(session.get(), sql.c_str()));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        throw std::runtime_error(fmt::format("{} in: {}", PQerrorMessage(session.get()), sql));
    return PQntuples(result.get()) > 0 && PQnfields(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

}  // namespace liveshop::test
