// The one UDP socket: opened with large buffers, read in batches with the kernel's arrival times.
#pragma once
#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <boost/asio/ip/udp.hpp>
#include <memory>
#include <string>

#include "media/bytes.hpp"
#include "media/endpoint.hpp"

namespace liveshop::media {

// "::" takes IPv4 too. Throws boost::system::system_error when the address cannot be had.
boost::asio::ip::udp::socket open_udp_socket(boost::asio::io_context&, const std::string& address, std::uint16_t port,
                                             bool kernel_timestamps);

// Reads waiting datagrams many at a time into buffers of its own.
class BatchReceiver {
  public:
    struct Datagram {
        MutableBytes bytes;  // valid until the next read()
        const Endpoint& from;
        std::int64_t arrival_us;  // steady clock
        bool truncated;
    };

    BatchReceiver();

    // Calls handle(Datagram) for what is waiting, at most `batches` times 64 datagrams, so that timers get their turn.
    template <class Handle>
    void read(int socket, Handle handle, int batches = 16) {
        for (int i = 0; i < batches; ++i) {
            std::size_t count = receive(socket);
            for (std::size_t k = 0; k < count; ++k) handle(datagram(k));
            if (count < batch_size) return;
        }
    }

  private:
    static constexpr std::size_t batch_size = 64, buffer_size = 2048, control_size = 64;
    struct Slot {
        alignas(8) std::array<std::uint8_t, buffer_size> buffer;
        alignas(8) std::array<std::uint8_t, control_size> control;
        Endpoint from;
        iovec part;
    };

    std::size_t receive(int socket);
    Datagram datagram(std::size_t index);

    std::unique_ptr<std::array<Slot, batch_size>> slots_;
    std::array<mmsghdr, batch_size> headers_{};
    std::int64_t steady_us_ = 0, realtime_us_ = 0;  // when the batch was read
};

}  // namespace liveshop::media
