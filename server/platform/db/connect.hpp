#pragma once
// Opening a PostgreSQL connection without blocking the io_context.
#include <libpq-fe.h>

#include <boost/asio.hpp>
#include <memory>
#include <string>

namespace liveshop::db {
namespace asio = boost::asio;
using asio::awaitable;

struct HandleDeleter {
    void operator()(PGconn* handle) const noexcept { PQfinish(handle); }
};
using Handle = std::unique_ptr<PGconn, HandleDeleter>;

struct ConnectSettings {
    std::string dsn;  ///< a libpq connection string
    std::string application_name = "liveshop";
    std::string options;  ///< of the session: "-c name=value …", added to those of the DSN
    int connect_timeout_ms = 5'000;
};

/// An open connection in non-blocking mode. Throws Error 08001 with the server's words where there is none.
awaitable<Handle> connect(ConnectSettings settings);

/// A descriptor of our own for the connection's socket, which libpq goes on owning.
int duplicate_socket(const PGconn* handle);

}  // namespace liveshop::db
