// How a session begins, or goes on where an earlier connection ended.
#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "platform/realtime/hub.hpp"
#include "platform/realtime/session.hpp"

namespace liveshop::realtime {
namespace {

using websocket::CloseCode;

constexpr std::size_t kept_free_frames = 8;  // of a receiver's bound: for what goes out beside what it missed
constexpr std::size_t kept_free_bytes = 4096;

// The client library puts these beside what the application gave; they are not the authenticator's.
std::string take_text(boost::json::object& auth, std::string_view name) {
    const auto found = auth.find(name);
    if (found == auth.end()) return {};
    const auto* text = found->value().if_string();
    std::string taken = text != nullptr && text->size() <= id_length ? std::string(*text) : std::string();
    auth.erase(found);
    return taken;
}

}  // namespace

void Session::on_connect(const socket_io::Packet& packet) {
    if (packet.name_space != "/")
        return send_packet(
            socket_io::encode_connect_error(packet.name_space, "invalid_namespace", "Invalid namespace"));
    if (state_ != State::waiting) return fail("already connected");
    auto auth = socket_io::decode_auth(packet.payload);
    if (!auth) return fail(socket_io::to_string(auth.error()));
    claim_ = {take_text(*auth, "pid"), take_text(*auth, "offset")};
    handshake_->auth = std::move(*auth);
    state_ = State::authenticating;
    boost::asio::co_spawn(hub_.executor(), authenticate(shared_from_this()), boost::asio::detached);
}

awaitable<void> Session::authenticate(std::shared_ptr<Session> self) {
    auto identity = co_await identify();
    std::optional<Suspended> before;
    if (state_ != State::gone && identity && !claim_.pid.empty() && hub_.recovery().is_enabled()) {
        auto found = co_await hub_.recover(claim_.pid, *identity);
        before = std::move(found);
        if (!before) hub_.counters().recoveries_refused.add();
    }
    if (state_ == State::gone) {
        if (before) self->hub_.part_with(*std::move(before), Return::possible);
        co_return;
    }
    handshake_.reset();
    if (identity)
        accept(*std::move(identity), std::move(before));
    else
        decline(identity.error());
}

awaitable<std::expected<Identity, ConnectError>> Session::identify() {
    try {
        auto identity = co_await hub_.handlers().authenticate(*handshake_);
        co_return identity;
    } catch (const std::exception& error) {
        spdlog::error("realtime session {}: the authenticator failed: {}", id_, error.what());
    }
    co_return std::unexpected(ConnectError{"internal", "Something went wrong on our side: try again"});
}

void Session::accept(Identity identity, std::optional<Suspended> before) {
    hub_.counters().connects_accepted.add();
    identity_ = std::move(identity);
    if (identity_.expires_at) expires_ = hub_.now() + (*identity_.expires_at - std::chrono::system_clock::now());
    state_ = State::connected;
    deadline_ = hub_.now() + hub_.settings().ping_interval;
    hub_.deliver_due();  // whatever this client has heard elsewhere, this thread has delivered, too
    recovered_ = before && resume(*before);
    if (!recovered_) {
        if (before) {
            hub_.counters().recoveries_refused.add();
            hub_.part_with(*std::move(before), Return::never);
        }
        began_ = hub_.position();
        if (hub_.recovery().is_enabled()) pid_ = random_id();
        hub_.add(*this);
        send_packet(socket_io::encode_connect(id_, pid_));
    }
    claim_ = {};
    try {
        if (hub_.handlers().on_connect) hub_.handlers().on_connect(*this);
    } catch (const std::exception& error) {
        spdlog::error("realtime session {}: on_connect failed: {}", id_, error.what());
        if (transport_ != nullptr) transport_->close(CloseCode::internal_error, "internal error", Return::never);
    }
}

// The answer to CONNECT goes first: a client that loses the connection in between keeps what it had heard until then,
// and counts nothing twice.
bool Session::resume(Suspended& before) {
    const auto from = resume_position(before, claim_.offset);
    if (!from) return false;
    const auto& settings = hub_.settings();
    auto missed =
        hub_.log().missed(before.rooms, before.id, *from, hub_.position(),
                          settings.queue_messages_max - std::min(settings.queue_messages_max, kept_free_frames),
                          settings.queue_bytes_max - std::min(settings.queue_bytes_max, kept_free_bytes));
    if (!missed) return false;
    id_ = std::move(before.id);
    pid_ = std::move(before.pid);
    began_ = before.began;
    last_left_at_ = std::max(before.last_left_at, missed->left_at.value_or(0));
    last_sent_ = before.last_sent;
    data_ = std::move(before.departure.data);
    hub_.add(*this);
    for (const auto& [room, since] : missed->rooms) hub_.join(*this, room, since);
    send_packet(socket_io::encode_connect(id_, pid_));
    for (const auto& frame : missed->frames) transport_->send(frame, Transport::Urgency::now);
    last_sent_ = std::max(last_sent_, missed->last);
    hub_.counters().recoveries.add();
    hub_.counters().events_replayed.add(missed->frames.size());
    return true;
}

void Session::decline(const ConnectError& error) {
    hub_.counters().connects_refused.add();
    send_packet(socket_io::encode_connect_error("/", error.code, error.message));
    transport_->close(CloseCode::policy_violation, error.code, Return::never);
}

void Session::give_way() {
    if (state_ == State::connected) transport_->abort("taken over");
}

}  // namespace liveshop::realtime
