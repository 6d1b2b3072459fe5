#pragma once
#include "sandbox/inbox.hpp"

namespace liveshop::sandbox {

/// Reads a mail (RFC 5322, MIME): its subject and other headers, its text and its HTML, decoded. Takes any bytes; what
/// it cannot read stays as it was sent.
InboxMessage read_mail(std::string_view mail);

}  // namespace liveshop::sandbox
