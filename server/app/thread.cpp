#include "app/thread.hpp"

namespace liveshop::app {
namespace {

db::PoolSettings pool_settings(const DatabaseSettings& settings, const ForeignSecret& url, std::string_view process) {
    db::PoolSettings pool;
    pool.dsn = url.reveal();
    pool.application_name = "liveshop " + std::string(process);
    pool.connections = static_cast<int>(settings.database_connections.value);
    pool.read_connections = static_cast<int>(settings.database_read_connections.value);
    pool.statement_timeout_ms = static_cast<int>(settings.database_statement_timeout_ms.value);
    return pool;
}

checkout::ProviderSettings provider_settings(const checkout::Settings& settings) {
    checkout::ProviderSettings provider;
    provider.stripe_api_url = settings.stripe_api_url.value;
    provider.stripe_secret_key = settings.stripe_secret_key.reveal();
    provider.stripe_timeout_ms = settings.payment_timeout_s.value * 1'000;
    return provider;
}

// Few people administer the platform: one connection of each kind serves them.
db::PoolSettings admin_pool_settings(const DatabaseSettings& settings, std::string_view process) {
    db::PoolSettings pool = pool_settings(settings, settings.admin_database_url, process);
    pool.connections = 1;
    pool.read_connections = 1;
    return pool;
}

}  // namespace

ModuleSettings ModuleSettings::read(const config::Source& source) {
    return {.identity = source.read<identity::Settings>(),
            .live = source.read<live::Settings>(),
            .checkout = source.read<checkout::Settings>(),
            .notify = source.read<notify::Settings>()};
}

void Workshop::join() {
    hasher.join();
    studio.join();
    storage.join();
    private_files.join();
}

Thread::Thread(const DatabaseSettings& database, const ModuleSettings& modules, Workshop& workshop,
               std::string_view process)
    : pool(io, pool_settings(database, database.database_url, process)),
      admin_pool(io, admin_pool_settings(database, process)),
      provider(http_client, provider_settings(modules.checkout)) {
    services.add(modules.identity);
    services.add(modules.live);
    services.add(modules.checkout);
    services.add(modules.notify);
    services.add(provider);
    services.add(position_batches);
    services.add(pool);
    services.add(workshop.hasher);
    services.add(workshop.studio);
    services.add(workshop.storage);
    services.add(workshop.private_files);
    services.add(admin_database);
    services.add(program().jobs);
    services.add(program().deletion_holds);
    services.add(program().closing_holds);
}

}  // namespace liveshop::app
