#pragma once
// The polling transport: the client asks with GET for what waits for it, one request at a time, and sends with POST. It
// may go on over a WebSocket instead: until then what waits stays here, and then moves over as it is.
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <optional>
#include <string>

#include "platform/realtime/request.hpp"
#include "platform/realtime/transport.hpp"

namespace liveshop::realtime {

class Connection;

class Polling final : public Transport {
  public:
    using Reply = std::function<void(HttpAnswer)>;  // called once, on this thread

    Polling(Hub& hub, std::string sid, Admission::Ticket ticket, Clock::time_point now);

    std::string_view polling_sid() const override { return sid_; }
    void start(std::shared_ptr<Receiver> receiver) { carry(std::move(receiver)); }

    // A GET: answered when there is something to say. A second one at the same time ends the session.
    void get(Reply reply);
    // A POST.
    HttpAnswer post(std::string_view body);

    // False if it has ended, or a WebSocket is on trial already.
    bool may_upgrade() const { return state_ == State::open && upgrade_.expired(); }
    void reserve_upgrade(const std::shared_ptr<Connection>& connection) { upgrade_ = connection; }
    // It has been heard: from now on no GET waits long, so that the client can stop asking.
    void begin_upgrade();
    void cancel_upgrade();  // the session stays where it is
    // The client asks no more: its receiver and all that waits go over to `connection`. False if it has ended.
    bool upgrade_to(Connection& connection);
    bool is_open() const { return state_ == State::open; }

  private:
    void write() override;
    void relieve() override { write(); }
    Frame goodbye(websocket::CloseCode code, std::string_view reason) const override;
    void cut() override;

    void answer(std::string body);
    HttpAnswer end_faulty(const Refusal& refusal, websocket::CloseCode code);
    bool take(std::string_view packet, TokenBucket::Verdict verdict);
    void hurry();

    const std::string sid_;
    Reply reply_;                        // of the GET that waits, if one does
    std::weak_ptr<Connection> upgrade_;  // the WebSocket on trial
    std::optional<boost::asio::steady_timer> hurry_timer_;
};

}  // namespace liveshop::realtime
