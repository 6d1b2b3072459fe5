#include "media/send_batch.hpp"

#include <netinet/udp.h>

#include <algorithm>
#include <cerrno>

namespace liveshop::media {
namespace {

constexpr std::size_t arena_size = 512 * 1024, messages_max = 16, segments_max = 64, message_size_max = 65'000;
constexpr std::size_t reserve_size = datagram_size_max + 64;

}  // namespace

SendBatch::SendBatch(int socket, bool segmentation, Counters& counters)
    : socket_(socket),
      segmentation_(segmentation),
      counters_(counters),
      arena_(arena_size),
      messages_(messages_max),
      headers_(messages_max),
      parts_(messages_max),
      controls_(messages_max) {}

std::uint8_t* SendBatch::reserve() {
    if (used_ + reserve_size > arena_.size()) flush();
    return &arena_[used_];
}

void SendBatch::commit(const Endpoint& to, std::size_t size) {
    if (count_ == 0 || !extends_last(to, size)) {
        if (count_ == messages_.size()) {  // keep the bytes just written: move them to the front
            auto from = used_;
            flush();
            std::memmove(arena_.data(), &arena_[from], size);
        }
        messages_[count_++] = {.to = to, .offset = used_, .segment = size};
    }
    auto& message = messages_[count_ - 1];
    message.size += size;
    ++message.segments;
    message.open = size == message.segment;
    used_ += size;
}

bool SendBatch::extends_last(const Endpoint& to, std::size_t size) const {
    const auto& m = messages_[count_ - 1];
    return segmentation_ && m.open && size <= m.segment && m.segments < segments_max &&
           m.size + size <= message_size_max && m.to == to;
}

void SendBatch::prepare(std::size_t index) {
    auto& m = messages_[index];
    parts_[index] = {&arena_[m.offset], m.size};
    auto& header = headers_[index].msg_hdr;
    header = {};
    header.msg_name = m.to.native();
    header.msg_namelen = m.to.size();
    header.msg_iov = &parts_[index];
    header.msg_iovlen = 1;
    if (m.segments < 2) return;
    header.msg_control = controls_[index].bytes;
    header.msg_controllen = sizeof controls_[index].bytes;
    auto* c = CMSG_FIRSTHDR(&header);
    c->cmsg_level = SOL_UDP;
    c->cmsg_type = UDP_SEGMENT;
    c->cmsg_len = CMSG_LEN(sizeof(std::uint16_t));
    auto segment = static_cast<std::uint16_t>(m.segment);
    std::memcpy(CMSG_DATA(c), &segment, sizeof segment);
}

void SendBatch::flush() {
    for (std::size_t i = 0; i < count_; ++i) prepare(i);
    for (std::size_t sent = 0; sent < count_;) {
        int n = sendmmsg(socket_, &headers_[sent], static_cast<unsigned>(count_ - sent), MSG_DONTWAIT);
        ++counters_.calls_out;
        for (int i = 0; i < n; ++i, ++sent) {
            ++counters_.messages_out;
            counters_.datagrams_out += messages_[sent].segments;
            counters_.bytes_out += messages_[sent].size;
        }
        if (n > 0) continue;
        // The first one failed. Media is perishable: with a full buffer or no route it is skipped, not kept.
        auto& failed = messages_[sent++];
        if ((errno == EIO || errno == EINVAL) && failed.segments > 1) {  // a path without segmentation offload
            segmentation_ = false;
            send_one_by_one(failed);
        } else {
            counters_.datagrams_not_sent += failed.segments;
        }
    }
    count_ = used_ = 0;
}

void SendBatch::send_one_by_one(const Message& m) {
    for (std::size_t at = 0; at < m.size; at += m.segment) {
        auto size = std::min(m.segment, m.size - at);
        ++counters_.calls_out;
        if (sendto(socket_, &arena_[m.offset + at], size, MSG_DONTWAIT, m.to.native(), m.to.size()) < 0) {
            ++counters_.datagrams_not_sent;
            continue;
        }
        ++counters_.datagrams_out;
        counters_.bytes_out += size;
    }
}

}  // namespace liveshop::media
