#include "platform/realtime/websocket.hpp"

#include <algorithm>
#include <cstring>

namespace liveshop::realtime::websocket {
namespace {

constexpr bool is_control(Opcode opcode) { return static_cast<std::uint8_t>(opcode) >= 8; }

constexpr bool is_known(std::uint8_t opcode) { return opcode <= 2 || (opcode >= 8 && opcode <= 10); }

// Bytes of a frame's header, from its first two bytes.
std::size_t header_length(std::span<const unsigned char> header) {
    const auto length = header[1] & 0x7f;
    const std::size_t extended = length == 127 ? 8 : length == 126 ? 2 : 0;
    const std::size_t mask = (header[1] & 0x80) != 0 ? 4 : 0;
    return 2 + extended + mask;
}

// XORs `bytes` with the mask, beginning at `offset` into the frame's payload.
void unmask(std::span<char> bytes, const std::array<unsigned char, 4>& mask, std::uint64_t offset) {
    std::array<unsigned char, 8> wide{};
    for (std::size_t i = 0; i < wide.size(); ++i) wide[i] = mask[(offset + i) % 4];
    std::uint64_t key = 0;
    std::memcpy(&key, wide.data(), sizeof key);
    std::size_t i = 0;
    for (; i + sizeof key <= bytes.size(); i += sizeof key) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + i, sizeof word);
        word ^= key;
        std::memcpy(bytes.data() + i, &word, sizeof word);
    }
    for (; i < bytes.size(); ++i) bytes[i] = static_cast<char>(static_cast<unsigned char>(bytes[i]) ^ wide[i % 8]);
}

// Length of the character that begins at `text[0]`, 0 if it is none (Unicode 15, table 3-7).
std::size_t character_length(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto lead = at(0);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return 0;
    const unsigned char low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (at(1) < low || at(1) > high) return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if ((at(i) & 0xc0) != 0x80) return 0;
    }
    return length;
}

}  // namespace

std::string encode(Opcode opcode, std::string_view payload) {
    std::string frame;
    frame.reserve(payload.size() + 10);
    frame.push_back(static_cast<char>(0x80 | static_cast<std::uint8_t>(opcode)));
    const auto append_length = [&](std::size_t bytes) {
        for (std::size_t i = bytes; i-- > 0;) frame.push_back(static_cast<char>((payload.size() >> (8 * i)) & 0xff));
    };
    if (payload.size() <= control_bytes_max) {
        append_length(1);
    } else if (payload.size() <= 0xffff) {
        frame.push_back(126);
        append_length(2);
    } else {
        frame.push_back(127);
        append_length(8);
    }
    frame.append(payload);
    return frame;
}

std::string_view payload_of(std::string_view frame) {
    const auto length = static_cast<unsigned char>(frame[1]);
    return frame.substr(length == 127 ? 10 : length == 126 ? 4 : 2);
}

std::string encode_close(CloseCode code, std::string_view reason) {
    const auto number = static_cast<std::uint16_t>(code);
    std::string body{static_cast<char>(number >> 8), static_cast<char>(number & 0xff)};
    reason = reason.substr(0, control_bytes_max - body.size());
    while (!valid_utf8(reason)) reason.remove_suffix(1);
    body.append(reason);
    return encode(Opcode::close, body);
}

bool valid_utf8(std::string_view text) {
    while (!text.empty()) {
        std::uint64_t word = 0;
        while (text.size() >= sizeof word) {  // chat is mostly ASCII: eight bytes at a time
            std::memcpy(&word, text.data(), sizeof word);
            if ((word & 0x8080808080808080U) != 0) break;
            text.remove_prefix(sizeof word);
        }
        if (text.empty()) return true;
        const auto length = character_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::expected<Close, CloseCode> decode_close(std::string_view payload) {
    if (payload.empty()) return Close{CloseCode::no_status, {}};
    if (payload.size() == 1) return std::unexpected(CloseCode::protocol_error);
    const auto code =
        static_cast<unsigned>((static_cast<unsigned char>(payload[0]) << 8) | static_cast<unsigned char>(payload[1]));
    const bool registered = code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
    if (!registered && (code < 3000 || code > 4999)) return std::unexpected(CloseCode::protocol_error);
    const auto reason = payload.substr(2);
    if (!valid_utf8(reason)) return std::unexpected(CloseCode::invalid_payload);
    return Close{static_cast<CloseCode>(code), reason};
}

bool Decoder::take_header(std::span<char>& input) {
    while (header_bytes_ < 2 || header_bytes_ < header_length(header_)) {
        if (input.empty()) return false;
        header_[header_bytes_++] = static_cast<unsigned char>(input.front());
        input = input.subspan(1);
    }
    return true;
}

// RFC 6455 section 5.2, and the rules of fragmentation in 5.4.
std::optional<CloseCode> Decoder::read_header() {
    const auto first = header_[0];
    const auto length = static_cast<std::uint64_t>(header_[1] & 0x7f);
    if ((first & 0x70) != 0 || !is_known(first & 0x0f)) return CloseCode::protocol_error;
    if ((header_[1] & 0x80) == 0) return CloseCode::protocol_error;  // a client masks
    final_ = (first & 0x80) != 0;
    frame_opcode_ = static_cast<Opcode>(first & 0x0f);

    const std::size_t extended = length == 127 ? 8 : length == 126 ? 2 : 0;
    frame_bytes_ = extended == 0 ? length : 0;
    for (std::size_t i = 0; i < extended; ++i) frame_bytes_ = (frame_bytes_ << 8) | header_[2 + i];
    const bool shortest = extended == 0 || (extended == 2 ? frame_bytes_ > 125 : frame_bytes_ > 0xffff);
    if (!shortest || (frame_bytes_ >> 63) != 0) return CloseCode::protocol_error;
    std::copy_n(header_.begin() + 2 + extended, 4, mask_.begin());
    return check_sequence();
}

std::optional<CloseCode> Decoder::check_sequence() const {
    if (is_control(frame_opcode_)) {
        if (!final_ || frame_bytes_ > control_bytes_max) return CloseCode::protocol_error;
        return std::nullopt;
    }
    const bool continues = frame_opcode_ == Opcode::continuation;
    if (continues != message_opcode_.has_value()) return CloseCode::protocol_error;
    if (frame_bytes_ > message_bytes_max_ - message_.size()) return CloseCode::message_too_big;
    return std::nullopt;
}

std::span<char> Decoder::take_payload(std::span<char>& input) {
    const auto part = input.first(static_cast<std::size_t>(std::min<std::uint64_t>(input.size(), left_)));
    unmask(part, mask_, frame_bytes_ - left_);
    left_ -= part.size();
    input = input.subspan(part.size());
    return part;
}

void Decoder::reset_message() {
    delivered_ = false;
    message_.clear();
    if (message_.capacity() > 1024) message_.shrink_to_fit();  // an idle connection keeps no buffer
}

std::expected<std::optional<Message>, CloseCode> Decoder::next(std::span<char>& input) {
    if (delivered_) reset_message();
    while (true) {
        if (!in_payload_) {
            if (!take_header(input)) return std::nullopt;
            if (const auto fault = read_header()) return std::unexpected(*fault);
            header_bytes_ = 0;
            in_payload_ = true;
            left_ = frame_bytes_;
            ++frames_;
            if (is_control(frame_opcode_))
                control_.clear();
            else if (!message_opcode_)
                message_opcode_ = frame_opcode_;
        }
        const auto part = take_payload(input);
        const std::string_view text(part.data(), part.size());
        const bool control = is_control(frame_opcode_);
        const bool whole = !control && final_ && text.size() == frame_bytes_ && message_.empty();
        if (!whole) (control ? control_ : message_).append(text);
        if (left_ > 0) return std::nullopt;

        in_payload_ = false;
        if (control) return Message{frame_opcode_, control_};
        if (!final_) continue;
        const auto opcode = *message_opcode_;
        message_opcode_.reset();
        delivered_ = !whole;
        const std::string_view payload = whole ? text : std::string_view(message_);
        if (opcode == Opcode::text && !valid_utf8(payload)) return std::unexpected(CloseCode::invalid_payload);
        return Message{opcode, payload};
    }
}

}  // namespace liveshop::realtime::websocket
