#pragma once
// One WebSocket on one TCP socket: the only reader and the only writer of its descriptor.
#include <boost/asio/ip/tcp.hpp>
#include <span>
#include <string>

#include "platform/realtime/transport.hpp"

namespace liveshop::realtime {

class Connection final : public Transport {
  public:
    Connection(Hub& hub, boost::asio::ip::tcp::socket socket, Admission::Ticket ticket, Clock::time_point now);

    // Says `greeting` (the HTTP response and the first frames), then takes what the client had sent already.
    void start(std::shared_ptr<Receiver> receiver, Frame greeting, std::string received);
    // Another receiver hears what comes from now on; the one so far is told no end.
    void carry_instead(std::shared_ptr<Receiver> receiver) { carry(std::move(receiver)); }

  private:
    void write() override;
    void relieve() override { pump(); }
    Frame goodbye(websocket::CloseCode code, std::string_view reason) const override;
    void cut() override;

    std::shared_ptr<Connection> self();
    void wait_readable();
    void wait_writable();
    void on_readable();
    void consume(std::span<char> bytes);
    void on_message(const websocket::Message& message, TokenBucket::Verdict verdict);
    Outbox::State pump();

    boost::asio::ip::tcp::socket socket_;
    websocket::Decoder decoder_;
};

}  // namespace liveshop::realtime
