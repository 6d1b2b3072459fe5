#pragma once
// The WebSocket frame codec of a server (RFC 6455): masked frames in, unmasked frames out. No socket, no extension.
#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace liveshop::realtime::websocket {

enum class Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

// RFC 6455 section 7.4.1, and 1013 from the IANA registry.
enum class CloseCode : std::uint16_t {
    normal = 1000,
    going_away = 1001,
    protocol_error = 1002,
    unsupported_data = 1003,
    no_status = 1005,  // stands for a close frame without a code; never sent
    invalid_payload = 1007,
    policy_violation = 1008,
    message_too_big = 1009,
    internal_error = 1011,
    try_again_later = 1013,
};

// Control frames carry at most this much (RFC 6455 section 5.5).
inline constexpr std::size_t control_bytes_max = 125;

// One final frame, header included, as a server sends it.
std::string encode(Opcode opcode, std::string_view payload);

// The payload of a frame that encode() made.
std::string_view payload_of(std::string_view frame);

// A close frame; the reason is cut to what a control frame holds, never inside a character.
std::string encode_close(CloseCode code, std::string_view reason);

// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
bool valid_utf8(std::string_view text);

struct Close {
    CloseCode code;  // as the peer sent it; may be one of the private ranges 3000-4999
    std::string_view reason;
};
// The body of a peer's close frame; the error is the code to answer with.
std::expected<Close, CloseCode> decode_close(std::string_view payload);

struct Message {
    Opcode opcode;             // text, binary, close, ping or pong; never continuation
    std::string_view payload;  // unmasked; valid until the next call of next()
};

// Turns the bytes of one client into messages, whatever the boundaries they arrive in. Holds only an unfinished
// message.
class Decoder {
  public:
    // message_bytes_max bounds a whole message, all its fragments together.
    explicit Decoder(std::size_t message_bytes_max) : message_bytes_max_(message_bytes_max) {}

    // Consumes `input` from its front, unmasking in place, until a message is complete (the rest stays in `input`) or
    // the input is used up (nullopt). An error is the close code to send, after which the decoder must not be used.
    std::expected<std::optional<Message>, CloseCode> next(std::span<char>& input);

    // Frames begun so far, fragments and control frames included: what a rate limit counts.
    std::uint64_t frames() const { return frames_; }

  private:
    bool take_header(std::span<char>& input);
    std::optional<CloseCode> read_header();
    std::optional<CloseCode> check_sequence() const;
    std::span<char> take_payload(std::span<char>& input);
    void reset_message();

    std::size_t message_bytes_max_;
    std::uint64_t frames_ = 0;
    std::array<unsigned char, 14> header_{};
    std::size_t header_bytes_ = 0;
    bool in_payload_ = false;
    bool final_ = false;
    Opcode frame_opcode_ = Opcode::continuation;
    std::array<unsigned char, 4> mask_{};
    std::uint64_t frame_bytes_ = 0;
    std::uint64_t left_ = 0;
    std::optional<Opcode> message_opcode_;  // set while a data message is unfinished
    bool delivered_ = false;                // message_ was handed out and is free to be cleared
    std::string message_;
    std::string control_;
};

}  // namespace liveshop::realtime::websocket
