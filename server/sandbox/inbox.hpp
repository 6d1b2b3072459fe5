#pragma once
// What the shop sent to the outside world: mails, text messages and push messages, for a developer or a test to read.
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "platform/shape/described.hpp"
#include "platform/shape/scalars.hpp"

namespace liveshop::sandbox {

enum class Medium { email, sms, fcm, web_push };
BOOST_DESCRIBE_ENUM(Medium, email, sms, fcm, web_push)

struct InboxHeader {
    std::string name;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(InboxHeader, (), (name, value))

struct InboxMessage {
    std::int64_t id = 0;  ///< counts up from 1
    Medium medium = Medium::email;
    std::string to;  ///< an address, a number, a device's token, or the path of a push subscription
    std::string from{};
    std::string subject{};  ///< of a mail; title of a push message to an app
    std::string text;       ///< of a Web Push the encrypted body in base64url: only the browser can read it
    std::string html{};     ///< of a mail
    std::vector<InboxHeader> headers{};  ///< what else stood on the envelope
    Timestamp received_at{};
};
BOOST_DESCRIBE_STRUCT(InboxMessage, (), (id, medium, to, from, subject, text, html, headers, received_at))

/// The last messages, in memory.
class Inbox {
  public:
    static constexpr std::size_t messages_max = 500;
    static constexpr std::size_t bytes_max = 16 * 1024 * 1024;

    /// Answers the message's id. The oldest make room.
    std::int64_t keep(InboxMessage message);
    /// Newest first: those to `to` in any case, to anybody where it is empty, and newer than `after`.
    std::vector<const InboxMessage*> find(std::string_view to, std::int64_t after = 0) const;

  private:
    std::deque<InboxMessage> messages_;
    std::size_t bytes_ = 0;
    std::int64_t last_id_ = 0;
};

/// The text with whatever is no UTF-8 replaced by "?".
std::string as_utf8(std::string text);

}  // namespace liveshop::sandbox
