#pragma once
// How a database operation fails.
#include <stdexcept>
#include <string>
#include <string_view>

namespace liveshop::db {

/// SQLSTATE codes that callers branch on (PostgreSQL manual, appendix A).
namespace sqlstate {
inline constexpr std::string_view no_data = "02000";
inline constexpr std::string_view connection_failure = "08006";
/// The connection was lost while a commit was on its way: it may have happened or not.
inline constexpr std::string_view transaction_resolution_unknown = "08007";
inline constexpr std::string_view untranslatable_value = "22021";
inline constexpr std::string_view foreign_key_violation = "23503";
inline constexpr std::string_view unique_violation = "23505";
inline constexpr std::string_view check_violation = "23514";
inline constexpr std::string_view read_only_transaction = "25006";
inline constexpr std::string_view in_failed_transaction = "25P02";
inline constexpr std::string_view serialization_failure = "40001";
inline constexpr std::string_view deadlock_detected = "40P01";
inline constexpr std::string_view too_many_connections = "53300";
inline constexpr std::string_view query_canceled = "57014";
/// A result that does not fit its C++ type.
inline constexpr std::string_view datatype_mismatch = "42804";
}  // namespace sqlstate

/// A statement failed. `what()` names the query and quotes the server: for logs, never for users.
struct Error : std::runtime_error {
    Error(std::string_view state, const std::string& message, std::string constraint_name = {})
        : std::runtime_error(message), sqlstate(state), constraint(std::move(constraint_name)) {}

    std::string sqlstate;    ///< five characters
    std::string constraint;  ///< name of the violated constraint, or empty
};

/// No connection was free in time, or too many callers wait already: come back later.
struct Unavailable : Error {
    explicit Unavailable(const std::string& message) : Error(sqlstate::too_many_connections, message) {}
};

}  // namespace liveshop::db
