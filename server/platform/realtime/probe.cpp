#include "platform/realtime/probe.hpp"

#include <spdlog/spdlog.h>

#include "platform/realtime/connection.hpp"
#include "platform/realtime/hub.hpp"

namespace liveshop::realtime {

using websocket::CloseCode;

Probe::Probe(Hub& hub, std::shared_ptr<Polling> polling)
    : hub_(hub), polling_(std::move(polling)), deadline_(hub.now() + hub.settings().handshake_timeout) {}

void Probe::on_text(std::string_view text, TokenBucket::Verdict) {
    if (!is_heard_) {
        if (text != "2probe") return refuse("no probe");
        is_heard_ = true;
        transport_->send(text_frame("3probe"), Transport::Urgency::now);
        return polling_->begin_upgrade();
    }
    if (text != "5") return refuse("no upgrade");
    auto& connection = static_cast<Connection&>(*transport_);
    const auto polling = polling_;
    if (!polling->upgrade_to(connection)) return refuse("session closed");
    hub_.counters().transports_upgraded.add();
}

// The session stays where it is.
void Probe::refuse(std::string_view what) {
    spdlog::debug("realtime session {} not upgraded: {}", polling_->polling_sid(), what);
    hub_.counters().disconnects_protocol_error.add();
    transport_->close(CloseCode::policy_violation, what, Return::never);
}

void Probe::on_end(std::string_view, Return) { polling_->cancel_upgrade(); }

void Probe::tick(Clock::time_point now) {
    if (!polling_->is_open()) return refuse("session closed");
    if (now < deadline_) return;
    hub_.counters().disconnects_handshake_timeout.add();
    transport_->close(CloseCode::policy_violation, "upgrade timeout", Return::never);
}

}  // namespace liveshop::realtime
