#pragma once
#include "modules/identity/types.hpp"
#include "platform/api/route.hpp"
#include "platform/jobs/jobs.hpp"

namespace liveshop::identity {

jobs::Table job_rows();

inline constexpr std::string_view begin_reset_kind = "identity.begin_reset";

/// Somebody forgot the password of an account that there may be.
struct BeginReset {
    VerificationId verification_id;
    Email email;
};
BOOST_DESCRIBE_STRUCT(BeginReset, (), (verification_id, email))

inline constexpr std::string_view remove_files_kind = "identity.remove_files";

/// Files that nobody needs any more, after the commit that says so.
struct RemoveFiles {
    std::vector<std::string> private_keys;
    std::vector<std::string> urls;  ///< as Storage gave them out
};
BOOST_DESCRIBE_STRUCT(RemoveFiles, (), (private_keys, urls))

}  // namespace liveshop::identity
