#include "platform/migrate.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <openssl/sha.h>

#include <fstream>
#include <map>

#include "platform/db/connect.hpp"
#include "platform/db/decode.hpp"

namespace liveshop {
namespace {

constexpr std::string_view lock_key = "7308334";  // of pg_advisory_lock: any number, the same for all migrators

std::string checksum_of(const std::string& sql) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(sql.data()), sql.size(), digest.data());
    return fmt::format("{:02x}", fmt::join(digest, ""));
}

Migration load(const std::filesystem::path& file) {
    const std::string name = file.stem().string();
    Migration migration{0, name, "", ""};
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), migration.number);
    if (error != std::errc{} || end != name.data() + 4 || name.size() < 6 || *end != '_')
        throw MigrationError(fmt::format("{}: a migration is named NNNN_name.sql", file.string()));
    std::ifstream in(file, std::ios::binary);
    migration.sql.assign(std::istreambuf_iterator<char>(in), {});
    if (!in || migration.sql.empty())
        throw MigrationError(fmt::format("{}: cannot be read, or is empty", file.string()));
    if (migration.sql.find('\0') != std::string::npos)
        throw MigrationError(fmt::format("{}: holds a NUL character", file.string()));
    migration.checksum = checksum_of(migration.sql);
    return migration;
}

class Session {
  public:
    explicit Session(const std::string& dsn) : handle_(PQconnectdb(dsn.c_str())) {
        if (PQstatus(handle_.get()) != CONNECTION_OK)
            throw MigrationError(fmt::format("cannot connect to migrate: {}", PQerrorMessage(handle_.get())));
        PQsetNoticeProcessor(handle_.get(), [](void*, const char*) {}, nullptr);
    }

    /// Throws MigrationError that begins with `doing`.
    db::Result execute(const std::string& sql, std::string_view doing, const std::vector<std::string>& arguments = {}) {
        std::vector<const char*> values;
        for (const std::string& argument : arguments) values.push_back(argument.c_str());
        db::Result result(arguments.empty() ? PQexec(handle_.get(), sql.c_str())
                                            : PQexecParams(handle_.get(), sql.c_str(), static_cast<int>(values.size()),
                                                           nullptr, values.data(), nullptr, nullptr, 0));
        const ExecStatusType status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            throw MigrationError(fmt::format("{}: {}", doing, PQerrorMessage(handle_.get())));
        return result;
    }
    bool in_transaction() const { return PQtransactionStatus(handle_.get()) == PQTRANS_INTRANS; }

  private:
    db::Handle handle_;
};

std::map<int, Migration> applied_migrations(Session& session) {
    session.execute(
        "create table if not exists schema_migrations (number int primary key, name text not null, "
        "checksum text not null, applied_at timestamptz not null default now())",
        "schema_migrations");
    const db::Result rows =
        session.execute("select number, name, checksum from schema_migrations", "schema_migrations");
    std::map<int, Migration> applied;
    for (int line = 0; line < PQntuples(rows.get()); ++line) {
        Migration row{0, PQgetvalue(rows.get(), line, 1), "", PQgetvalue(rows.get(), line, 2)};
        db::read_pg(PQgetvalue(rows.get(), line, 0), row.number);
        applied.emplace(row.number, row);
    }
    return applied;
}

void refuse_conflicts(const std::map<int, Migration>& applied, const std::vector<Migration>& wanted) {
    std::map<int, const Migration*> files;
    for (const Migration& file : wanted) files.emplace(file.number, &file);
    for (const auto& [number, row] : applied) {
        const auto file = files.find(number);
        if (file == files.end())
            throw MigrationError(
                fmt::format("{} was applied to this database, but its file is missing: the database "
                            "is newer than this program, or the file was deleted",
                            row.name));
        if (file->second->checksum != row.checksum)
            throw MigrationError(
                fmt::format("{} was changed after it had been applied: restore it and put the change "
                            "into a new migration",
                            row.name));
    }
    for (const Migration& file : wanted)
        if (!applied.empty() && file.number < applied.rbegin()->first && !applied.contains(file.number))
            throw MigrationError(fmt::format("{} comes before {}, which is already applied: give it a higher number",
                                             file.name, applied.rbegin()->second.name));
}

void apply(Session& session, const Migration& migration) {
    session.execute("begin", migration.name);
    session.execute(migration.sql, migration.name);
    if (!session.in_transaction())
        throw MigrationError(fmt::format("{}: a migration must not end its transaction", migration.name));
    session.execute("insert into schema_migrations (number, name, checksum) values ($1, $2, $3)", migration.name,
                    {std::to_string(migration.number), migration.name, migration.checksum});
    session.execute("commit", migration.name);
}

}  // namespace

std::vector<Migration> load_migrations(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::directory_iterator entries(folder, error);
    if (error) throw MigrationError(fmt::format("{}: {}", folder.string(), error.message()));
    std::map<int, Migration> sorted;
    for (const auto& entry : entries) {
        if (entry.path().extension() != ".sql") continue;
        Migration migration = load(entry.path());
        const auto [place, is_new] = sorted.emplace(migration.number, migration);
        if (!is_new)
            throw MigrationError(fmt::format("{} and {} have the same number", place->second.name, migration.name));
    }
    if (sorted.empty()) throw MigrationError(fmt::format("{}: no migrations here", folder.string()));
    std::vector<Migration> migrations;
    for (auto& [number, migration] : sorted) migrations.push_back(std::move(migration));
    return migrations;
}

std::filesystem::path default_migrations_folder() {
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe");
    for (std::filesystem::path at = program.parent_path(); at != at.root_path(); at = at.parent_path())
        if (std::filesystem::is_directory(at / "server" / "migrations")) return at / "server" / "migrations";
    throw MigrationError("no server/migrations above " + program.string() + ": name the folder in the configuration");
}

std::vector<std::string> migrate(const std::string& dsn, const std::vector<Migration>& migrations) {
    Session session(dsn);
    session.execute(fmt::format("select pg_advisory_lock({})", lock_key), "waiting for another migrator");
    const std::map<int, Migration> applied = applied_migrations(session);
    refuse_conflicts(applied, migrations);
    std::vector<std::string> names;
    for (const Migration& migration : migrations) {
        if (applied.contains(migration.number)) continue;
        apply(session, migration);
        names.push_back(migration.name);
    }
    return names;  // the lock goes with the session
}

}  // namespace liveshop
