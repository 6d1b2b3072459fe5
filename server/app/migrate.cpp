#include "platform/migrate.hpp"

#include "app/commands.hpp"
#include "app/settings.hpp"
#include "platform/log.hpp"

namespace liveshop::app {

int migrate(const config::Source& source) {
    log::start(source.read<log::Settings>(), "migrate");
    const OwnerSettings settings = source.read<OwnerSettings>();
    const std::filesystem::path folder = settings.migrations_directory.empty()
                                             ? default_migrations_folder()
                                             : std::filesystem::path(settings.migrations_directory);
    const std::vector<std::string> applied =
        liveshop::migrate(settings.owner_database_url.reveal(), load_migrations(folder));
    for (const std::string& name : applied) log::info("migrated", {{"migration", name}});
    if (applied.empty()) log::info("the schema is up to date", {});
    return 0;
}

}  // namespace liveshop::app
