#pragma once
// A WebSocket on trial (Engine.IO 4, "Upgrade"): it answers the client's ping "2probe" with "3probe", and on "5" takes
// over the session that polled until then.
#include <memory>

#include "platform/realtime/polling.hpp"
#include "platform/realtime/transport.hpp"

namespace liveshop::realtime {

class Probe final : public Receiver {
  public:
    Probe(Hub& hub, std::shared_ptr<Polling> polling);

    void on_carried_by(Transport& transport) override { transport_ = &transport; }
    void on_text(std::string_view text, TokenBucket::Verdict verdict) override;
    void on_binary() override { refuse("binary message"); }
    void on_end(std::string_view reason, Return may_return) override;
    void tick(Clock::time_point now) override;
    bool is_busy() const override { return false; }

  private:
    void refuse(std::string_view what);

    Hub& hub_;
    Transport* transport_ = nullptr;
    std::shared_ptr<Polling> polling_;
    Clock::time_point deadline_;
    bool is_heard_ = false;
};

}  // namespace liveshop::realtime
