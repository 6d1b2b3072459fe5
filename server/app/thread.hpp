#pragma once
#include <boost/asio/io_context.hpp>
#include <memory>

#include "app/program.hpp"
#include "app/settings.hpp"
#include "modules/checkout/provider.hpp"
#include "modules/checkout/settings.hpp"
#include "modules/delivery/position_batches.hpp"
#include "modules/identity/password.hpp"
#include "modules/identity/types.hpp"
#include "modules/live/types.hpp"
#include "modules/notify/settings.hpp"
#include "platform/admin_database.hpp"
#include "platform/db/pool.hpp"
#include "platform/pictures/pictures.hpp"
#include "platform/private_files.hpp"
#include "platform/services.hpp"
#include "platform/storage.hpp"

namespace liveshop::app {

/// Settings of the modules, read once and shared.
struct ModuleSettings {
    identity::Settings identity;
    live::Settings live;
    checkout::Settings checkout;
    notify::Settings notify;

    static ModuleSettings read(const config::Source& source);
};

/// What all threads of a process share, each with threads of its own behind it.
struct Workshop {
    explicit Workshop(const StorageSettings& settings)
        : storage(settings.storage_directory), private_files(settings.private_directory) {}
    /// Before the io_contexts that wait for it are destroyed.
    void join();

    identity::PasswordHasher hasher;
    pictures::Studio studio;
    Storage storage;
    PrivateFiles private_files;
};

/// What the handlers of one thread stand on; `serve` and `work` build the same.
class Thread {
  public:
    Thread(const DatabaseSettings& database, const ModuleSettings& modules, Workshop& workshop,
           std::string_view process);

    boost::asio::io_context io{1};
    db::Pool pool;
    db::Pool admin_pool;
    AdminDatabase admin_database{admin_pool};
    http::Client http_client{io};
    checkout::Provider provider;
    delivery::PositionBatches position_batches{pool};
    Services services;
};

}  // namespace liveshop::app
