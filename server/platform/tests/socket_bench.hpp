#pragma once
// The sockets' door and the API's on one port of loopback, on a thread of their own, with made-up routes.
#include <thread>

#include "platform/http/server.hpp"
#include "platform/realtime/tests/raw_client.hpp"
#include "platform/rooms.hpp"
#include "platform/sockets.hpp"
#include "platform/tests/door.hpp"

namespace liveshop::test {

/// A client of the sockets' door.
class SocketClient : public realtime::testing::RawClient {
  public:
    using RawClient::RawClient;

    /// Upgrades and connects; answers what came: "40{…}" or a refusal. `headers` end with CRLF each.
    std::string open(const std::string& auth = "{}", std::string_view headers = "") {
        write(request(target, headers));
        const std::string head = read_head();
        if (!head.starts_with("HTTP/1.1 101 ")) throw std::runtime_error(head);
        frame();
        text("40" + auth);
        return frame().payload;
    }
    std::string open_as(const Person& person) { return open(fmt::format(R"({{"token":"{}"}})", person.token)); }
    void send(std::string_view event, std::string_view input) {
        text(fmt::format(R"(42{}["{}",{}])", ++last_id_, event, input));
    }
    /// The answer to the oldest event that has none yet.
    json::value answer() {
        const std::string packet = frame_but_ping().payload;
        const std::string head = fmt::format("43{}", ++answered_id_);
        if (!packet.starts_with(head)) throw std::runtime_error("no answer: " + packet);
        return json::parse(packet.substr(head.size())).as_array().at(0);
    }
    json::value ask(std::string_view event, std::string_view input) {
        send(event, input);
        return answer();
    }
    /// "200"-less outcome of an answer: "ok", or the code of the refusal.
    static std::string outcome_of(const json::value& answer) {
        if (answer.at("ok").as_bool()) return "ok";
        return std::string(answer.at("error").at("code").as_string());
    }

  private:
    int last_id_ = 0, answered_id_ = 0;
};

/// Unless a test is about it, nobody comes back to a session.
inline realtime::Settings without_recovery() {
    realtime::Settings settings;
    settings.recovery_window = std::chrono::milliseconds(0);
    return settings;
}

struct SocketBenchOptions {
    std::vector<Route> routes;
    std::vector<ConstraintRow> constraints = {};
    std::vector<LeavingRow> leaving = {};
    std::chrono::milliseconds event_time_limit = SocketDoor::event_time_limit_default;
    realtime::Settings realtime = without_recovery();
    bool behind_proxy = false;
};

class SocketBench {
  public:
    explicit SocketBench(SocketBenchOptions options)
        : door({options.routes, options.constraints, options.behind_proxy}),
          sockets_([this]() -> Api& { return *door.api; }, options.leaving, options.event_time_limit),
          realtime(options.realtime, sockets_.handlers()) {
        realtime::Hub& hub = realtime.add_hub(door.io);
        server_.emplace(door.io, http::tcp::endpoint(asio::ip::address_v4::loopback(), 0), http::Limits{},
                        [this, &hub, behind_proxy = options.behind_proxy](const http::Request& request) {
                            return is_for_sockets(request.path) ? answer_poll(hub, request, behind_proxy)
                                                                : door.api->handle(request, request.path);
                        });
        server_->upgrades_to([&hub, behind_proxy = options.behind_proxy](
                                 http::tcp::socket socket, http::UpgradeRequest request, std::string rest) {
            std::string address = behind_proxy ? forwarded_address(request) : std::string();
            hub.accept(std::move(socket), std::move(request), std::move(rest), std::move(address));
        });
        door.deliver = [this](const Emission& sent) { realtime.emit(sent.room, sent.event, sent.payload); };
    }
    ~SocketBench() {
        if (!thread_.joinable()) return;
        asio::co_spawn(door.io, realtime.shutdown(std::chrono::milliseconds(0)), asio::use_future).get();
        asio::co_spawn(door.io, server_->stop(std::chrono::milliseconds(0)), asio::use_future).get();
        door.io.stop();
        thread_.join();
        server_.reset();
    }

    /// From here on everything happens on the thread.
    void start() {
        thread_ = std::thread([this] {
            const auto work = asio::make_work_guard(door.io);
            door.io.run();
        });
    }
    std::uint16_t port() const { return server_->port(); }
    /// By the API's door.
    http::Response post(std::string path, std::string body, std::string token = "") {
        Call call{.method = "POST", .path = std::move(path), .body = std::move(body), .token = std::move(token)};
        call.address = "127.0.0.1";
        return asio::co_spawn(door.io, door.answer(std::move(call)), asio::use_future).get();
    }
    /// Waits until `done` holds, for 10 s at most.
    static bool eventually(const std::function<bool()>& done) {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (!done() && std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return done();
    }

    Door door;

  private:
    SocketDoor sockets_;

  public:
    realtime::Realtime realtime;

  private:
    std::optional<http::Server> server_;
    std::thread thread_;
};

}  // namespace liveshop::test
