#pragma once
// A realtime service on loopback with one thread and one port per hub, for the tests of this folder.
#include <fcntl.h>

#include <boost/asio.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "platform/realtime/realtime.hpp"

namespace liveshop::realtime::testing {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace json = boost::json;
using asio::ip::tcp;

enum class Recovers { yes, no };

struct ServiceOptions {
    std::size_t threads = 1;
    std::uint16_t port = 0;    // of the first thread; 0 is one of its own choice
    bool on_one_port = false;  // all threads, so that any of them may receive a request; else each has its own
    Recovers recovers = Recovers::no;
};

class Service {
  public:
    Service(Settings settings, Handlers handlers, const ServiceOptions& options)
        : realtime_(std::move(settings), std::move(handlers)) {
        for (std::size_t i = 0; i < options.threads; ++i) {
            const std::uint16_t port_of_all = options.on_one_port && i > 0 ? port() : options.port;
            auto& worker = *workers_.emplace_back(std::make_unique<Worker>(port_of_all));
            worker.hub = &realtime_.add_hub(worker.io);
            asio::co_spawn(worker.io, worker.listen(), asio::detached);
        }
    }
    void start() {
        for (auto& worker : workers_) worker->thread = std::thread([&io = worker->io] { io.run(); });
    }
    ~Service() {
        for (auto& worker : workers_) worker->io.stop();
        for (auto& worker : workers_) worker->thread.join();
        if (contexts_end_first_) workers_.clear();
    }
    void end_contexts_first() { contexts_end_first_ = true; }
    Service(const Service&) = delete;

    Realtime& realtime() { return realtime_; }
    std::uint16_t port(std::size_t thread = 0) const { return workers_[thread]->acceptor.local_endpoint().port(); }
    asio::io_context& io(std::size_t thread = 0) { return workers_[thread]->io; }

    void shutdown(std::chrono::milliseconds grace) {
        asio::co_spawn(io(), realtime_.shutdown(grace), asio::use_future).get();
    }

    // Waits until `done` holds, for 10 s at most.
    static bool eventually(const std::function<bool()>& done) {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (!done() && std::chrono::steady_clock::now() < until)
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        return done();
    }

  private:
    struct Worker {
        explicit Worker(std::uint16_t port) : acceptor(io, tcp::v4()) {
            using reuse_port = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
            acceptor.set_option(reuse_port(true));
            acceptor.set_option(tcp::acceptor::reuse_address(true));
            acceptor.bind({asio::ip::address_v4::loopback(), port});
            acceptor.listen();
            // A client process that a test starts must not keep the port.
            if (::fcntl(acceptor.native_handle(), F_SETFD, FD_CLOEXEC) != 0) throw std::runtime_error("fcntl");
        }
        awaitable<void> listen() {
            while (true) {
                tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
                asio::co_spawn(io, serve(std::move(socket)), asio::detached);
            }
        }
        // Polls are answered, one after the other; a WebSocket is handed over.
        awaitable<void> serve(tcp::socket socket) {
            beast::flat_buffer buffer;
            boost::system::error_code error;
            const auto address = socket.remote_endpoint(error).address().to_string();
            for (bool keep = !error; keep;) {
                HttpRequest request;
                co_await beast::http::async_read(socket, buffer, request,
                                                 asio::redirect_error(asio::use_awaitable, error));
                if (error) co_return;
                if (beast::websocket::is_upgrade(request))
                    co_return hub->accept(std::move(socket), std::move(request),
                                          beast::buffers_to_string(buffer.data()));
                keep = request.keep_alive();
                const HttpAnswer answer = co_await hub->poll(std::move(request), address);
                beast::http::response<beast::http::string_body> response(
                    static_cast<beast::http::status>(answer.status), 11, answer.body);
                response.set(beast::http::field::content_type, answer.content_type);
                for (const auto& [name, value] : answer.headers) response.set(name, value);
                response.keep_alive(keep);
                response.prepare_payload();
                co_await beast::http::async_write(socket, response, asio::redirect_error(asio::use_awaitable, error));
                keep = keep && !error;
            }
        }
        asio::io_context io{1};
        tcp::acceptor acceptor;
        Hub* hub = nullptr;
        std::thread thread;
    };

    std::vector<std::unique_ptr<Worker>> workers_;
    bool contexts_end_first_ = false;
    Realtime realtime_;  // goes before the io_contexts, unless the test wants it the other way
};

inline awaitable<std::expected<Identity, ConnectError>> let_in(const Handshake& handshake) {
    if (handshake.auth.contains("token") && handshake.auth.at("token") == "wrong")
        co_return std::unexpected(ConnectError{"token_invalid", "Sign in again"});
    Identity identity{.tenant = "demo", .user = "somebody", .role = "customer"};
    if (handshake.auth.contains("user")) identity.user = handshake.auth.at("user").as_string();
    if (handshake.auth.contains("good_for_ms"))
        identity.expires_at =
            std::chrono::system_clock::now() + std::chrono::milliseconds(handshake.auth.at("good_for_ms").as_int64());
    co_return identity;
}

// join {room}, leave {room}, say {room, text}, echo <anything>, wait <milliseconds>, fail, kick.
inline awaitable<json::value> on_event(Service*& service, Session& session, std::string_view event,
                                       const json::array& args) {
    if (event == "join") co_return session.join(args.at(0).at("room").as_string());
    if (event == "leave") session.leave(args.at(0).at("room").as_string());
    if (event == "say")
        service->realtime().emit(args.at(0).at("room").as_string(), "said", json::serialize(args.at(0).at("text")));
    if (event == "echo") co_return args.at(0);
    if (event == "fail") throw std::runtime_error("as the test asked");
    if (event == "kick") session.disconnect("kicked");
    if (event == "wait") {
        asio::steady_timer timer(co_await asio::this_coro::executor, std::chrono::milliseconds(args.at(0).as_int64()));
        co_await timer.async_wait(asio::use_awaitable);
    }
    co_return "done";
}

// A service with the handlers above. Unless a test is about it, nobody comes back to a session.
struct TestService {
    explicit TestService(Settings settings = {}, const ServiceOptions& options = {}) {
        if (options.recovers == Recovers::no) settings.recovery_window = std::chrono::milliseconds(0);
        Handlers handlers;
        handlers.authenticate = let_in;
        handlers.on_connect = [](Session& session) { session.emit("welcome", R"({"id":1})"); };
        handlers.on_event = [this](Session& session, std::string_view event, const json::array& args) {
            return on_event(current_, session, event, args);
        };
        handlers.on_disconnect = [this](const Departure& departure) {
            const std::lock_guard lock(mutex_);
            disconnects_.push_back(departure);
        };
        service_ = std::make_unique<Service>(std::move(settings), std::move(handlers), options);
        current_ = service_.get();
        service_->start();
    }
    std::vector<Departure> disconnects() {
        const std::lock_guard lock(mutex_);
        return disconnects_;
    }
    Service* operator->() { return service_.get(); }
    Realtime& realtime() { return service_->realtime(); }

  private:
    std::mutex mutex_;
    std::vector<Departure> disconnects_;
    std::unique_ptr<Service> service_;
    Service* current_ = nullptr;
};

}  // namespace liveshop::realtime::testing
