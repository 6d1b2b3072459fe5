#pragma once
// An e-mail: what it says, as text and as HTML, and its headers.
#include <string>
#include <string_view>
#include <vector>

#include "modules/notify/words.hpp"

namespace liveshop::notify {

struct Mail {
    std::string from_name;  ///< the shop's
    std::string to;         ///< one address
    std::string subject;
    std::string text;
    std::string html;
    std::string message_id;       ///< "<…@…>", the same however often it is tried
    std::string preferences_url;  ///< where such mail can be switched off; empty where it cannot
};

/// What stands around the words of every mail.
struct MailFrame {
    std::string shop;             ///< the tenant's name
    std::string link;             ///< absolute: where the button leads
    std::string preferences_url;  ///< absolute, or empty
};

/// Subject, text and HTML of a message; `from_name` is the shop's. Whatever the words hold is escaped in the HTML.
Mail compose_mail(const Wording& wording, const Words& words, const MailFrame& frame);

/// Text of a header (RFC 5322): as it is if it is short ASCII, else encoded words (RFC 2047) folded to lines of at most
/// 76 characters. No control character comes out, so that nothing can add a header.
std::string header_text(std::string_view text);
/// "Name <address>", the name quoted or encoded.
std::string header_mailbox(std::string_view name, std::string_view address);
/// Whether the address may be put into an envelope and a header: no blank, no control character, no bracket, one @.
bool is_plain_address(std::string_view address);
/// "Sun, 22 Nov 2026 19:51:35 +0000"
std::string header_date(Timestamp at);

}  // namespace liveshop::notify
