#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "platform/realtime/admission.hpp"
#include "platform/realtime/outbox.hpp"
#include "platform/realtime/rooms.hpp"
#include "platform/realtime/token_bucket.hpp"

namespace liveshop::realtime {
namespace {

using namespace std::chrono_literals;
using Verdict = TokenBucket::Verdict;

TEST(TokenBucket, GrantsABurstThenARateThenCallsItFlooding) {
    const TokenBucket::Clock::time_point start{};
    TokenBucket bucket(2, 3, start);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(bucket.take(1, start), Verdict::granted) << i;
    EXPECT_EQ(bucket.take(1, start), Verdict::refused);
    EXPECT_EQ(bucket.take(1, start + 1s), Verdict::granted);
    EXPECT_EQ(bucket.take(1, start + 1s), Verdict::refused);
    EXPECT_EQ(bucket.take(1, start + 1s), Verdict::refused);
    EXPECT_EQ(bucket.take(1, start + 1s), Verdict::refused);
    EXPECT_EQ(bucket.take(1, start + 1s), Verdict::flooding);
    EXPECT_EQ(bucket.take(3, start + 1h), Verdict::granted);
    EXPECT_EQ(bucket.take(1, start + 1h), Verdict::refused);
}

TEST(Admission, CountsInAllAndByAddress) {
    const auto admission = std::make_shared<Admission>(3, 2);
    auto first = admission->admit("a");
    auto second = admission->admit("a");
    ASSERT_TRUE(first && second);
    EXPECT_EQ(admission->admit("a").error(), Admission::Refusal::address_full);
    const auto third = admission->admit("b");
    ASSERT_TRUE(third);
    EXPECT_EQ(admission->admit("c").error(), Admission::Refusal::server_full);
    {
        const auto gone = *std::move(first);
    }
    EXPECT_EQ(admission->connections(), 2U);
    EXPECT_TRUE(admission->admit("a"));
}

TEST(Admission, LimitsIpv6ByItsNetwork) {
    const auto key = [](const char* text) { return limited_address(boost::asio::ip::make_address(text)); };
    EXPECT_EQ(key("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(key("::ffff:192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(key("2001:db8:1:2:3:4:5:6"), key("2001:db8:1:2::1"));
    EXPECT_NE(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
}

class Guest : public Member {};

TEST(Rooms, KnowWhoIsWhere) {
    const auto sizes = std::make_shared<RoomSizes>();
    Rooms rooms(sizes);
    std::array<Guest, 4> guests;
    for (auto& guest : guests) EXPECT_TRUE(rooms.join(guest, "hall", 1));
    EXPECT_FALSE(rooms.join(guests[0], "hall", 2));
    EXPECT_TRUE(rooms.join(guests[1], "bar", 3));
    EXPECT_EQ(rooms.members("hall").size(), 4U);
    const auto placements = guests[1].placements();
    ASSERT_EQ(placements.size(), 2U);
    EXPECT_EQ(placements[0].room, "hall");
    EXPECT_EQ(placements[0].since, 1U);
    EXPECT_EQ(placements[1].room, "bar");
    EXPECT_EQ(placements[1].since, 3U);

    EXPECT_TRUE(rooms.leave(guests[0], "hall"));
    EXPECT_FALSE(rooms.leave(guests[0], "hall"));
    rooms.leave_all(guests[3]);  // it had moved to the place of the first
    EXPECT_EQ(rooms.members("hall").size(), 2U);
    EXPECT_EQ(sizes->size("hall"), 2U);
    rooms.leave_all(guests[1]);
    rooms.leave_all(guests[2]);
    EXPECT_EQ(rooms.rooms(), 0U);
    EXPECT_EQ(sizes->size("hall"), 0U);
    EXPECT_TRUE(rooms.members("hall").empty());
}

TEST(Rooms, SizesAddUpOverThreads) {
    const auto sizes = std::make_shared<RoomSizes>();
    Rooms one(sizes);
    Rooms other(sizes);
    Guest here;
    Guest there;
    one.join(here, "hall", 1);
    other.join(there, "hall", 1);
    EXPECT_EQ(sizes->size("hall"), 2U);
    one.leave_all(here);
    EXPECT_EQ(sizes->size("hall"), 1U);
    other.leave_all(there);
}

struct SocketPair {
    SocketPair() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0); }
    ~SocketPair() {
        for (const int end : ends) ::close(end);
    }
    std::string read_available() const {
        std::string text(1 << 20, '\0');
        const auto count = ::recv(ends[1], text.data(), text.size(), MSG_DONTWAIT);
        text.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
        return text;
    }
    std::array<int, 2> ends{};
};

Frame frame(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

TEST(Outbox, WritesManyFramesInOneCall) {
    const SocketPair sockets;
    Outbox outbox;
    for (int i = 0; i < 10; ++i) outbox.push(frame(std::to_string(i)));
    EXPECT_EQ(outbox.bytes(), 10U);
    std::size_t written = 0;
    std::size_t calls = 0;
    EXPECT_EQ(outbox.write(sockets.ends[0], written, calls), Outbox::State::empty);
    EXPECT_EQ(written, 10U);
    EXPECT_EQ(calls, 1U);
    EXPECT_EQ(sockets.read_available(), "0123456789");
}

// Whatever the kernel takes at a time, every byte arrives once and in order.
TEST(Outbox, GoesOnWhereTheKernelStopped) {
    const SocketPair sockets;
    Outbox outbox;
    std::string expected;
    for (int i = 0; i < 200; ++i) {
        const std::string text(static_cast<std::size_t>(i) * 97 + 1, static_cast<char>('a' + i % 26));
        expected += text;
        outbox.push(frame(text));
    }
    std::string received;
    std::size_t written = 0;
    std::size_t calls = 0;
    int blocked = 0;
    while (outbox.write(sockets.ends[0], written, calls) == Outbox::State::blocked) {
        received += sockets.read_available();
        ++blocked;
    }
    received += sockets.read_available();
    EXPECT_GT(blocked, 0);
    EXPECT_EQ(received, expected);
    EXPECT_EQ(outbox.bytes(), 0U);
    EXPECT_EQ(outbox.frames(), 0U);
}

TEST(Outbox, FinishesTheFrameItBegan) {
    const SocketPair sockets;
    Outbox outbox;
    outbox.push(frame(std::string(1 << 20, 'x')));
    outbox.push(frame("dropped"));
    std::size_t written = 0;
    std::size_t calls = 0;
    ASSERT_EQ(outbox.write(sockets.ends[0], written, calls), Outbox::State::blocked);
    outbox.drop_unbegun();
    outbox.push(frame("last"));
    EXPECT_EQ(outbox.bytes(), (1 << 20) - written + 4);
    std::string received;
    while (outbox.write(sockets.ends[0], written, calls) == Outbox::State::blocked)
        received += sockets.read_available();
    received += sockets.read_available();
    EXPECT_EQ(received, std::string(1 << 20, 'x') + "last");

    outbox.push(frame("never begun"));
    outbox.drop_unbegun();
    EXPECT_EQ(outbox.bytes(), 0U);
}

TEST(Outbox, SaysWhenTheOtherEndIsGone) {
    SocketPair sockets;
    ::shutdown(sockets.ends[1], SHUT_RDWR);
    Outbox outbox;
    outbox.push(frame("x"));
    std::size_t written = 0;
    std::size_t calls = 0;
    EXPECT_EQ(outbox.write(sockets.ends[0], written, calls), Outbox::State::broken);
}

}  // namespace
}  // namespace liveshop::realtime
