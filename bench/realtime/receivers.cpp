// A crowd of Socket.IO clients in one process: every one joins the room, one of them talks, all of them count.
// Usage: bench_realtime_receivers <port> <server pid> <receivers> <broadcasts> <payload bytes> <outstanding>
// Prints one line of JSON. A broadcast is outstanding until every receiver has it; the next is said then.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

namespace {

// User and system time of a process so far, from /proc (fields 14 and 15 of stat).
double cpu_s(int pid) {
    std::ifstream file(fmt::format("/proc/{}/stat", pid));
    std::string text((std::istreambuf_iterator<char>(file)), {});
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string skipped;
    for (int i = 3; i < 14; ++i) fields >> skipped;
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

long resident_kb(int pid) {
    std::ifstream file(fmt::format("/proc/{}/status", pid));
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("VmRSS:")) return std::atol(line.c_str() + 6);
    return 0;
}

std::string masked(std::string_view packet) {
    std::string frame{static_cast<char>(0x81)};
    if (packet.size() <= 125) {
        frame.push_back(static_cast<char>(0x80 | packet.size()));
    } else {
        frame.push_back(static_cast<char>(0xfe));
        frame.push_back(static_cast<char>(packet.size() >> 8));
        frame.push_back(static_cast<char>(packet.size() & 0xff));
    }
    frame.append(4, '\0');  // a mask of zeros masks nothing and is a mask all the same
    return frame.append(packet);
}

struct Crowd {
    std::size_t receivers;
    int broadcasts;
    int outstanding;
    std::string packet;
    int asked = 0;                 // broadcasts said so far
    int complete = 0;              // broadcasts that everybody has
    std::deque<std::size_t> have;  // how many receivers have the broadcasts that are not complete
    std::deque<Clock::time_point> said_at;
    std::vector<double> latencies_ms;  // until the last receiver had it
};

// One connection: blocking while it connects, then asynchronous.
class Receiver {
  public:
    Receiver(asio::io_context& io, std::uint16_t port, Crowd& crowd) : socket_(io), crowd_(crowd) {
        socket_.connect({asio::ip::address_v4::loopback(), port});
        socket_.set_option(tcp::no_delay(true));
        write(
            fmt::format("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nUpgrade: "
                        "websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                        "dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                        port));
        await("upgrades");
        write(masked("40"));
        await("40{");
        write(masked(R"(420["join",0])"));
        await("430[");
        text_.clear();
    }
    void write(std::string_view bytes) { asio::write(socket_, asio::buffer(bytes)); }

    void receive() {
        socket_.async_wait(tcp::socket::wait_read, [this](boost::system::error_code error) {
            if (error) return;
            take(socket_.read_some(asio::buffer(buffer())));
            count();
            receive();
        });
    }
    std::function<void(std::size_t)> on_said;  // the receiver's n-th broadcast is here

  private:
    void await(std::string_view text) {
        while (text_.find(text) == std::string::npos) take(socket_.read_some(asio::buffer(buffer())));
    }
    static std::vector<char>& buffer() {
        static std::vector<char> bytes(256 * 1024);
        return bytes;
    }
    void take(std::size_t bytes) { text_.append(buffer().data(), bytes); }

    // Counts the whole frames in text_ that are events; anything else here is a ping, which is answered.
    void count() {
        constexpr std::string_view short_ping("\x81\x01\x32");  // too short for the loop
        std::size_t at = 0;
        while (text_.size() - at >= 4) {
            const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text_[at + i]); };
            const std::size_t header = byte(1) == 126 ? 4 : 2;
            const std::size_t length = byte(1) == 126 ? static_cast<std::size_t>((byte(2) << 8) | byte(3)) : byte(1);
            if (text_.size() - at < header + length) break;
            if (text_[at + header] == '2')
                write(masked("3"));
            else
                on_said(said_++);
            at += header + length;
        }
        text_.erase(0, at);
        if (text_ == short_ping) {
            text_.clear();
            write(masked("3"));
        }
    }

    tcp::socket socket_;
    Crowd& crowd_;
    std::string text_;
    std::size_t said_ = 0;
};

double percentile(std::vector<double>& values, double p) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(p * static_cast<double>(values.size() - 1))];
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 7) return 2;
    const auto number = [&](int i) { return std::atoi(argv[i]); };
    const int pid = number(2);
    Crowd crowd{
        .receivers = static_cast<std::size_t>(number(3)),
        .broadcasts = number(4),
        .outstanding = number(6),
        .packet = masked(fmt::format(R"(42["say","{}"])", std::string(static_cast<std::size_t>(number(5)), 'x')))};
    asio::io_context io{1};
    const auto before_kb = resident_kb(pid);
    std::vector<std::unique_ptr<Receiver>> receivers;
    for (std::size_t i = 0; i < crowd.receivers; ++i)
        receivers.push_back(std::make_unique<Receiver>(io, static_cast<std::uint16_t>(number(1)), crowd));
    const auto idle_kb = resident_kb(pid);

    const auto say = [&] {
        ++crowd.asked;
        crowd.have.push_back(0);
        crowd.said_at.push_back(Clock::now());
        receivers.front()->write(crowd.packet);
    };
    for (auto& receiver : receivers) {
        receiver->on_said = [&](std::size_t n) {
            ++crowd.have[n - static_cast<std::size_t>(crowd.complete)];
            while (!crowd.have.empty() && crowd.have.front() == crowd.receivers) {
                crowd.latencies_ms.push_back(
                    std::chrono::duration<double, std::milli>(Clock::now() - crowd.said_at.front()).count());
                crowd.have.pop_front();
                crowd.said_at.pop_front();
                ++crowd.complete;
                if (crowd.asked < crowd.broadcasts) say();
                if (crowd.complete == crowd.broadcasts) io.stop();
            }
        };
        receiver->receive();
    }
    const auto begun = Clock::now();
    const auto cpu_before_s = cpu_s(pid);
    for (int i = 0; i < crowd.outstanding; ++i) say();
    io.run_for(std::chrono::seconds(120));
    const double elapsed_s = std::chrono::duration<double>(Clock::now() - begun).count();
    const double cpu_used_s = cpu_s(pid) - cpu_before_s;
    if (crowd.complete != crowd.broadcasts) return 1;
    const double deliveries = static_cast<double>(crowd.receivers) * crowd.broadcasts;
    fmt::print(
        R"({{"receivers":{},"broadcasts":{},"payload_bytes":{},"outstanding":{},"deliveries_per_s":{:.0f},)"
        R"("server_cpu_us_per_delivery":{:.3f},"to_last_receiver_ms_p50":{:.2f},"to_last_receiver_ms_p99":{:.2f},)"
        R"("idle_connection_kb":{:.1f}}})"
        "\n",
        crowd.receivers, crowd.broadcasts, number(5), crowd.outstanding, deliveries / elapsed_s,
        cpu_used_s * 1e6 / deliveries, percentile(crowd.latencies_ms, 0.5), percentile(crowd.latencies_ms, 0.99),
        static_cast<double>(idle_kb - before_kb) / static_cast<double>(crowd.receivers));
}
