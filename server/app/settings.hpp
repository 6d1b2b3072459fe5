#pragma once
#include <string>

#include "platform/config.hpp"
#include "platform/config/optional_secret.hpp"

namespace liveshop::app {

/// What the processes `serve` and `work` have in common.
struct DatabaseSettings {
    ForeignSecret database_url;
    ForeignSecret admin_database_url;
    Int<1, 200> database_connections{8};
    Int<1, 50> database_read_connections{2};
    Int<100, 60'000> database_statement_timeout_ms{5'000};
};
BOOST_DESCRIBE_STRUCT(DatabaseSettings, (),
                      (database_url, admin_database_url, database_connections, database_read_connections,
                       database_statement_timeout_ms))

constexpr auto setting_help(const DatabaseSettings*) {
    return std::array{
        config::Help{"database_url", "libpq connection string of the application's role, liveshop_app"},
        config::Help{"admin_database_url", "The same of liveshop_admin, for the platform's own administrators"},
        config::Help{"database_connections", "Connections for transactions, in each thread"},
        config::Help{"database_read_connections", "Connections that all reads of a thread share"},
        config::Help{"database_statement_timeout_ms", "A statement that takes longer is cancelled"},
    };
}

/// How the events of one process reach the sockets of the others.
struct EventSettings {
    OptionalSecret redis_url;
};
BOOST_DESCRIBE_STRUCT(EventSettings, (), (redis_url))

constexpr auto setting_help(const EventSettings*) {
    return std::array{
        config::Help{"redis_url",
                     "Redis between machines: redis://[user:password@]host[:port][/database], the same with rediss:// "
                     "for TLS, or unix://[user:password@]/path[?db=database]; not needed on one machine"},
    };
}

struct StorageSettings {
    std::string storage_directory = "storage";
    std::string private_directory = "private";
};
BOOST_DESCRIBE_STRUCT(StorageSettings, (), (storage_directory, private_directory))

constexpr auto setting_help(const StorageSettings*) {
    return std::array{
        config::Help{"storage_directory", "Folder of the files that people have sent"},
        config::Help{"private_directory",
                     "Folder of the files that only some may see, such as identity papers; not inside the other"},
    };
}

struct OwnerSettings {
    ForeignSecret owner_database_url;
    std::string migrations_directory;
};
BOOST_DESCRIBE_STRUCT(OwnerSettings, (), (owner_database_url, migrations_directory))

constexpr auto setting_help(const OwnerSettings*) {
    return std::array{
        config::Help{"owner_database_url", "libpq connection string of the role that owns the schema, liveshop_owner"},
        config::Help{"migrations_directory",
                     "Folder of the migrations; if not set, server/migrations above the program"},
    };
}

struct ServeSettings {
    std::string http_address = "127.0.0.1";
    Int<0, 65535> http_port{8080};
    Int<0, 256> http_threads{0};
    bool behind_proxy = false;
    std::string public_url = "http://localhost:8080";
    Int<0, 65535> web_port{3000};
    std::string media_http_socket = "media-http.sock";
    Int<0, 300> drain_timeout_s{5};
};
BOOST_DESCRIBE_STRUCT(ServeSettings, (),
                      (http_address, http_port, http_threads, behind_proxy, public_url, web_port, media_http_socket,
                       drain_timeout_s))

constexpr auto setting_help(const ServeSettings*) {
    return std::array{
        config::Help{"http_address", "IP address the server listens on; 0.0.0.0 is every IPv4 address of the machine."},
        config::Help{"http_port", "Port of the server: the one address of the platform."},
        config::Help{"http_threads", "Threads that serve; 0 is one a core"},
        config::Help{"behind_proxy", "A trusted proxy stands in front: X-Forwarded-For names the client"},
        config::Help{"public_url", "The address as people type it: scheme, host, and port if it is not the usual one."},
        config::Help{"web_port", "Port of the web app on the loopback address, behind the server."},
        config::Help{"media_http_socket", "Path of the Unix socket where the media server takes WHIP and WHEP"},
        config::Help{"drain_timeout_s", "How long requests and sockets may take to end when the server stops"},
    };
}

}  // namespace liveshop::app
