#include "platform/realtime/outbox.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>
#include <utility>

namespace liveshop::realtime {
namespace {

constexpr std::size_t frames_per_call = 64;
constexpr std::size_t capacity_kept = 16;  // frames; an idle connection keeps no more room than this

ssize_t send_parts(int descriptor, std::span<iovec> parts) {
    constexpr int flags = MSG_DONTWAIT | MSG_NOSIGNAL;
    if (parts.size() == 1) return ::send(descriptor, parts[0].iov_base, parts[0].iov_len, flags);
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    return ::sendmsg(descriptor, &message, flags);
}

}  // namespace

void Outbox::push(Frame frame) {
    bytes_ += frame->size();
    frames_.push_back(std::move(frame));
}

Outbox::State Outbox::write(int descriptor, std::size_t& written, std::size_t& calls) {
    while (bytes_ > 0) {
        std::array<iovec, frames_per_call> parts;
        const auto count = std::min(frames(), parts.size());
        std::size_t offered = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const auto skip = i == 0 ? begun_ : 0;
            const auto& text = *frames_[head_ + i];
            parts[i] = {const_cast<char*>(text.data()) + skip, text.size() - skip};  // the kernel only reads it
            offered += parts[i].iov_len;
        }
        const auto sent = send_parts(descriptor, std::span(parts).first(count));
        ++calls;
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS ? State::blocked : State::broken;
        written += static_cast<std::size_t>(sent);
        consume(static_cast<std::size_t>(sent));
        if (static_cast<std::size_t>(sent) < offered) return State::blocked;
    }
    return State::empty;
}

void Outbox::consume(std::size_t bytes) {
    bytes_ -= bytes;
    begun_ += bytes;
    while (head_ < frames_.size() && begun_ >= frames_[head_]->size()) {
        begun_ -= frames_[head_]->size();
        frames_[head_++].reset();
    }
    if (head_ < frames_.size() && head_ < capacity_kept) return;
    frames_.erase(frames_.begin(), frames_.begin() + static_cast<std::ptrdiff_t>(head_));
    head_ = 0;
    if (frames_.empty() && frames_.capacity() > capacity_kept) frames_.shrink_to_fit();
}

std::vector<Frame> Outbox::take_all() {
    frames_.erase(frames_.begin(), frames_.begin() + static_cast<std::ptrdiff_t>(std::exchange(head_, 0)));
    bytes_ = 0;
    return std::exchange(frames_, {});
}

void Outbox::drop_unbegun() {
    const auto kept = head_ + (begun_ > 0 ? 1 : 0);
    frames_.resize(kept);
    bytes_ = begun_ > 0 ? frames_[head_]->size() - begun_ : 0;
}

}  // namespace liveshop::realtime
