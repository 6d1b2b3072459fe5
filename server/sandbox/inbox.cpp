#include "sandbox/inbox.hpp"

#include "platform/http/message.hpp"
#include "platform/realtime/websocket.hpp"

namespace liveshop::sandbox {
namespace {

std::size_t size_of(const InboxMessage& message) {
    std::size_t size = sizeof message + message.to.size() + message.from.size() + message.subject.size() +
                       message.text.size() + message.html.size();
    for (const InboxHeader& header : message.headers) size += sizeof header + header.name.size() + header.value.size();
    return size;
}

}  // namespace

std::int64_t Inbox::keep(InboxMessage message) {
    message.id = ++last_id_;
    message.received_at = Timestamp::now();
    for (std::string* text : {&message.to, &message.from, &message.subject, &message.text, &message.html})
        *text = as_utf8(std::move(*text));
    for (InboxHeader& header : message.headers) header.value = as_utf8(std::move(header.value));
    bytes_ += size_of(message);
    messages_.push_back(std::move(message));
    while (messages_.size() > messages_max || (bytes_ > bytes_max && messages_.size() > 1)) {
        bytes_ -= size_of(messages_.front());
        messages_.pop_front();
    }
    return last_id_;
}

std::vector<const InboxMessage*> Inbox::find(std::string_view to, std::int64_t after) const {
    std::vector<const InboxMessage*> found;
    for (auto message = messages_.rbegin(); message != messages_.rend() && message->id > after; ++message)
        if (to.empty() || http::equals_ignoring_case(message->to, to)) found.push_back(&*message);
    return found;
}

std::string as_utf8(std::string text) {
    if (realtime::websocket::valid_utf8(text)) return text;
    for (char& c : text)
        if (static_cast<unsigned char>(c) >= 0x80) c = '?';
    return text;
}

}  // namespace liveshop::sandbox
