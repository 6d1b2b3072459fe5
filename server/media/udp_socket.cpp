#include "media/udp_socket.hpp"

#include <algorithm>
#include <boost/asio/ip/v6_only.hpp>
#include <ctime>

#include "media/clock.hpp"

namespace liveshop::media {
namespace {

std::int64_t microseconds(const timespec& t) { return t.tv_sec * second_us + t.tv_nsec / 1000; }

std::int64_t realtime_now_us() {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    return microseconds(now);
}

}  // namespace

boost::asio::ip::udp::socket open_udp_socket(boost::asio::io_context& io, const std::string& address,
                                             std::uint16_t port, bool kernel_timestamps) {
    namespace ip = boost::asio::ip;
    auto parsed = ip::make_address(address);
    ip::udp::socket socket(io, parsed.is_v6() ? ip::udp::v6() : ip::udp::v4());
    if (parsed.is_v6()) socket.set_option(ip::v6_only(false));
    constexpr int buffer_bytes = 4 << 20;
    boost::system::error_code smaller_than_asked;  // the kernel gives what its limits allow
    socket.set_option(boost::asio::socket_base::receive_buffer_size(buffer_bytes), smaller_than_asked);
    socket.set_option(boost::asio::socket_base::send_buffer_size(buffer_bytes), smaller_than_asked);
    int on = kernel_timestamps;
    setsockopt(socket.native_handle(), SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    socket.non_blocking(true);
    socket.bind({parsed, port});
    return socket;
}

BatchReceiver::BatchReceiver() : slots_(std::make_unique<std::array<Slot, batch_size>>()) {}

std::size_t BatchReceiver::receive(int socket) {
    for (std::size_t i = 0; i < batch_size; ++i) {
        auto& slot = (*slots_)[i];
        slot.part = {slot.buffer.data(), slot.buffer.size()};
        auto& header = headers_[i].msg_hdr;
        header = {};
        header.msg_name = slot.from.native();
        header.msg_namelen = Endpoint::capacity();
        header.msg_iov = &slot.part;
        header.msg_iovlen = 1;
        header.msg_control = slot.control.data();
        header.msg_controllen = slot.control.size();
    }
    int count = recvmmsg(socket, headers_.data(), batch_size, MSG_DONTWAIT, nullptr);
    steady_us_ = steady_now_us();
    realtime_us_ = realtime_now_us();
    return static_cast<std::size_t>(std::max(count, 0));
}

BatchReceiver::Datagram BatchReceiver::datagram(std::size_t index) {
    auto& slot = (*slots_)[index];
    auto& header = headers_[index].msg_hdr;
    auto arrival_us = steady_us_;
    for (auto* c = CMSG_FIRSTHDR(&header); c; c = CMSG_NXTHDR(&header, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_TIMESTAMPNS) continue;
        timespec stamp{};
        std::memcpy(&stamp, CMSG_DATA(c), sizeof stamp);
        // The clamp keeps a step of the wall clock from reaching the estimates.
        arrival_us -= std::clamp<std::int64_t>(realtime_us_ - microseconds(stamp), 0, second_us);
    }
    return {{slot.buffer.data(), headers_[index].msg_len}, slot.from, arrival_us, (header.msg_flags & MSG_TRUNC) != 0};
}

}  // namespace liveshop::media
