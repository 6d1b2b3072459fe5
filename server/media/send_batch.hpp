// Outgoing datagrams, gathered and sent with few system calls.
#pragma once
#include <sys/socket.h>
#include <sys/uio.h>

#include <vector>

#include "media/bytes.hpp"
#include "media/counters.hpp"
#include "media/endpoint.hpp"

namespace liveshop::media {

inline constexpr std::size_t datagram_size_max = 1500;

// Neighbouring datagrams to one destination become one message with UDP_SEGMENT (GSO) as far as the kernel's rules
// allow: all of one size but a shorter last one, at most 64 of them, at most 64 KB. Messages go out by sendmmsg.
class SendBatch {
  public:
    SendBatch(int socket, bool segmentation, Counters&);

    // Space of datagram_size_max bytes and 64 more for the next datagram: fill it, then commit() its size.
    std::uint8_t* reserve();
    void commit(const Endpoint& to, std::size_t size);
    void flush();

  private:
    struct Message {
        Endpoint to;
        std::size_t offset = 0, size = 0, segment = 0;
        unsigned segments = 0;
        bool open = true;  // false once a shorter segment ended it
    };
    union Control {
        char bytes[CMSG_SPACE(sizeof(std::uint16_t))];
        cmsghdr align;
    };

    bool extends_last(const Endpoint& to, std::size_t size) const;
    void prepare(std::size_t index);
    void send_one_by_one(const Message&);

    int socket_;
    bool segmentation_;
    Counters& counters_;
    std::vector<std::uint8_t> arena_;
    std::size_t used_ = 0, count_ = 0;
    std::vector<Message> messages_;
    std::vector<mmsghdr> headers_;
    std::vector<iovec> parts_;
    std::vector<Control> controls_;
};

}  // namespace liveshop::media
