#pragma once
// Plain SQL files, forward only.
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace liveshop {

/// A file NNNN_name.sql.
struct Migration {
    int number = 0;
    std::string name;  ///< the file's, without .sql
    std::string sql;
    std::string checksum;  ///< SHA-256 of the SQL, in hex
};

/// Why migrating stopped, in a sentence that names the file. What was applied before stays.
struct MigrationError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The folder's migrations in order. Throws MigrationError for a misnamed file and for a number used twice.
std::vector<Migration> load_migrations(const std::filesystem::path& folder);

/// The first server/migrations above the running program. Throws MigrationError if there is none.
std::filesystem::path default_migrations_folder();

/// Applies what is new, each file in a transaction of its own, and answers the names of those. Blocks; a second
/// migrator waits for the first. Throws MigrationError, and refuses before it changes anything: an applied file that
/// was changed or is missing, and a new one numbered before an applied one.
std::vector<std::string> migrate(const std::string& dsn, const std::vector<Migration>& migrations);

}  // namespace liveshop
