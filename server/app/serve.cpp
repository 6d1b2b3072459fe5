#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <thread>

#include "app/bus.hpp"
#include "app/commands.hpp"
#include "app/files.hpp"
#include "app/redis_bus.hpp"
#include "app/thread.hpp"
#include "modules/identity/revocations.hpp"
#include "modules/identity/token.hpp"
#include "modules/live/audience.hpp"
#include "modules/live/recording_files.hpp"
#include "modules/live/snapshots.hpp"
#include "platform/http/server.hpp"
#include "platform/log.hpp"
#include "platform/metrics.hpp"
#include "platform/rooms.hpp"

namespace liveshop::app {
namespace {

constexpr std::string_view api_prefix = "/api/v1";
thread_local Api* api_of_this_thread = nullptr;

/// What the threads of the process share: read-only, or safe from any thread.
struct Process {
    ServeSettings serve;
    StorageSettings storage;
    DatabaseSettings database;
    ModuleSettings modules;
    metrics::Registry metrics;
    std::unordered_map<const Route*, metrics::Histogram*> durations;
    std::unordered_map<const Route*, metrics::Counter*> failures;
    std::string openapi_document = openapi();
    std::string asyncapi_document = asyncapi();
    Workshop workshop;
    http::Upstream web, media;
    SocketDoor door{[]() -> Api& { return *api_of_this_thread; }, program().leaving};
    std::optional<realtime::Realtime> realtime;
    std::optional<live::Audience> audience;
    RoomCounts rooms{[this](std::string_view room) { return realtime->members(room); }};
    std::optional<identity::Revocations> revocations;
    RedisBus* redis = nullptr;  ///< where other machines serve, too

    explicit Process(const config::Source& source)
        : serve(source.read<ServeSettings>()),
          storage(source.read<StorageSettings>()),
          database(source.read<DatabaseSettings>()),
          modules(ModuleSettings::read(source)),
          workshop(storage) {
        web.port = static_cast<std::uint16_t>(serve.web_port.value);
        media.unix_socket = serve.media_http_socket;
        for (const Route& route : program().routes) {
            durations[&route] =
                &metrics.histogram("liveshop_call_seconds", "Time a call took", {{"operation", route.name}});
            failures[&route] = &metrics.counter("liveshop_call_failures_total", "Calls answered with 5xx",
                                                {{"operation", route.name}});
        }
    }

    /// A token of a session that has ended proves nothing any more.
    std::expected<Principal, PlatformErrc> authenticate(TenantId tenant, std::string_view token, Timestamp now) const {
        auto principal = identity::verify_access_token(modules.identity.token_secret, tenant, token, now);
        if (principal && principal->session && revocations->contains(*principal->session))
            return std::unexpected(PlatformErrc::unauthenticated);
        return principal;
    }
    /// To the sockets of this process.
    void deliver_here(const std::vector<Emission>& emissions) {
        for (const Emission& emission : emissions) realtime->emit(emission.room, emission.event, emission.payload);
    }
    /// To all sockets.
    void deliver(const std::vector<Emission>& emissions) {
        deliver_here(emissions);
        if (redis) redis->send(emissions);
    }
    void observe(const Route& route, int status, std::chrono::microseconds took) {
        durations.at(&route)->Observe(std::chrono::duration<double>(took).count());
        if (status >= 500) failures.at(&route)->Increment();
        log::debug("call", {{"operation", route.name}, {"status", status}, {"took_us", took.count()}});
    }
};

/// One io_context with its own listening socket, connections to the database and sockets.
class ServingThread {
  public:
    explicit ServingThread(Process& process)
        : process_(process),
          parts_(process.database, process.modules, process.workshop, "serve"),
          tenants_(parts_.pool, process.modules.identity.default_tenant),
          worker_call_(parts_.io, parts_.pool),
          hub_(process.realtime->add_hub(parts_.io)),
          api_({.io = parts_.io,
                .routes = program().routes,
                .constraints = program().constraints,
                .pool = parts_.pool,
                .tenants = tenants_,
                .services = parts_.services,
                .authenticate = [&process](TenantId tenant, std::string_view token,
                                           Timestamp now) { return process.authenticate(tenant, token, now); },
                .deliver = [&process](std::vector<Emission> emissions) { process.deliver(emissions); },
                .wake_worker = [this] { worker_call_.wake(); },
                .observe = [&process](const Route& route, int status,
                                      std::chrono::microseconds took) { process.observe(route, status, took); },
                .behind_proxy = process.serve.behind_proxy}) {
        parts_.services.add(snapshots_);
    }

    void listen() {
        const http::tcp::endpoint endpoint(boost::asio::ip::make_address(process_.serve.http_address),
                                           static_cast<std::uint16_t>(process_.serve.http_port.value));
        server_.emplace(parts_.io, endpoint, http::Limits{},
                        [this](const http::Request& request) { return answer(request); });
        server_->upgrades_to([this](http::tcp::socket socket, http::UpgradeRequest request, std::string rest) {
            std::string address = process_.serve.behind_proxy ? forwarded_address(request) : std::string();
            hub_.accept(std::move(socket), std::move(request), std::move(rest), std::move(address));
        });
        server_->takes_more_by([this](std::string_view method, std::string_view path) {
            return path.starts_with(api_prefix) ? api_.body_bytes_max(method, path.substr(api_prefix.size()))
                                                : http::Limits{}.body_bytes_max;
        });
        server_->relays_to([this](std::string_view path) { return upstream_of(path); });
    }

    void run() {
        api_of_this_thread = &api_;
        parts_.io.run();
    }

    awaitable<void> stop() {
        co_await server_->stop(std::chrono::seconds(process_.serve.drain_timeout_s.value));
        parts_.pool.close();
        parts_.admin_pool.close();
        parts_.io.stop();
    }

    boost::asio::io_context& io() { return parts_.io; }
    db::Pool& pool() { return parts_.pool; }
    db::Pool& admin_pool() { return parts_.admin_pool; }
    Services& services() { return parts_.services; }

  private:
    const http::Upstream* upstream_of(std::string_view path) const {
        if (path.starts_with("/whip/") || path.starts_with("/whep/")) return &process_.media;
        const bool ours = (path.starts_with("/api/") && path != "/api/docs") || path.starts_with("/files/") ||
                          path.starts_with("/recordings/") || path == "/healthz" || path == "/readyz" ||
                          path == "/metrics" || path == "/health" || is_for_sockets(path);
        return ours || process_.web.port == 0 ? nullptr : &process_.web;
    }

    awaitable<http::Response> answer(const http::Request& request) {
        if (request.path.starts_with(api_prefix) && request.path.substr(api_prefix.size()).starts_with('/')) {
            http::Response response = co_await api_.handle(request, request.path.substr(api_prefix.size()));
            response.headers.push_back({"Cache-Control", "no-store"});
            response.headers.push_back({"X-Content-Type-Options", "nosniff"});
            co_return response;
        }
        if (is_for_sockets(request.path)) {
            http::Response response = co_await answer_poll(hub_, request, process_.serve.behind_proxy);
            co_return response;
        }
        if (request.path.starts_with("/recordings/"))
            co_return live::serve_recording(process_.modules.live, request, Timestamp::now());
        if (request.path.starts_with("/files/"))
            co_return serve_file(process_.storage.storage_directory, request.path.substr(7));
        if (request.path == "/api/openapi.json") co_return http::Response{.body = process_.openapi_document};
        if (request.path == "/api/asyncapi.json") co_return http::Response{.body = process_.asyncapi_document};
        if (request.path == "/healthz" || request.path == "/health")
            co_return http::Response{.body = R"({"status":"ok"})"};
        if (request.path == "/metrics")
            co_return http::Response{.content_type = metrics::Registry::content_type,
                                     .body = process_.metrics.expose()};
        if (request.path == "/readyz") {
            http::Response response = co_await readiness();
            co_return response;
        }
        co_return http::Response{.status = 404,
                                 .content_type = "application/problem+json",
                                 .body = problem_json(describe_error(PlatformErrc::not_found))};
    }

    awaitable<http::Response> readiness() {
        try {
            co_await parts_.pool.ping();
            co_return http::Response{.body = R"({"status":"ready"})"};
        } catch (const db::Error& error) {
            log::warning("not ready", {{"error", error.what()}});
        }
        co_return http::Response{.status = 503,
                                 .content_type = "application/problem+json",
                                 .body = problem_json(describe_error(PlatformErrc::unavailable))};
    }

    Process& process_;
    Thread parts_;
    TenantDirectory tenants_;
    WorkerCall worker_call_;
    realtime::Hub& hub_;
    live::Snapshots snapshots_{parts_.io, parts_.pool, parts_.services};
    Api api_;
    std::optional<http::Server> server_;
};

/// The other processes: their events arrive through Redis if there is one, else the worker's by NOTIFY.
class Others {
  public:
    Others(boost::asio::io_context& io, Process& process, const EventSettings& settings) : process_(process) {
        const auto deliver = [&process](std::vector<Emission> emissions) { process.deliver_here(emissions); };
        const std::optional<redis::Address> address = redis_address(settings);
        if (!address) {
            notify_.emplace(io, process.database.database_url.reveal(), deliver);
            notify_->start();
            return;
        }
        redis_.emplace(io, redis::ConnectSettings{.address = *address}, deliver,
                       [&process](std::string_view origin, const std::vector<RoomCount>& counts) {
                           process.rooms.hear(origin, counts);
                       });
        redis_->start();
        process.redis = &*redis_;
        for (const std::string outcome : {"published", "dropped"})
            readings_.push_back(process.metrics.counter_of(
                "liveshop_redis_messages_total", "Messages to other machines, by what became of them",
                [this, outcome] {
                    const redis::PublisherCounters counters = redis_->counters();
                    return static_cast<double>(outcome == "published" ? counters.published : counters.dropped);
                },
                {{"outcome", outcome}}));
        boost::asio::co_spawn(io, tell_counts(io), boost::asio::detached);
    }

    void stop_hearing() {
        if (notify_) notify_->close();
    }
    awaitable<void> finish_telling() {
        if (redis_) co_await redis_->drain(std::chrono::seconds(1));
    }

  private:
    // Once a second, how many sockets are in which rooms here.
    awaitable<void> tell_counts(boost::asio::io_context& io) {
        boost::asio::steady_timer timer(io);
        for (;;) {
            timer.expires_after(std::chrono::seconds(1));
            co_await timer.async_wait(boost::asio::use_awaitable);
            redis_->send_counts(process_.rooms.take_due());
        }
    }

    Process& process_;
    std::optional<BusReceiver> notify_;
    std::optional<RedisBus> redis_;
    std::vector<metrics::Reading> readings_;
};

awaitable<void> stop_all(Process& process, std::vector<std::unique_ptr<ServingThread>>& threads, Others& others) {
    log::info("stopping", {});
    others.stop_hearing();
    process.audience->stop();
    co_await process.realtime->shutdown(std::chrono::seconds(process.serve.drain_timeout_s.value));
    co_await others.finish_telling();
    for (std::size_t i = threads.size(); i-- > 0;) {
        ServingThread& thread = *threads[i];
        boost::asio::co_spawn(thread.io(), thread.stop(), boost::asio::detached);
    }
}

}  // namespace

int serve(const config::Source& source) {
    log::start(source.read<log::Settings>(), "serve");
    Process process(source);
    realtime::Settings realtime_settings;
    realtime_settings.allowed_origins = {process.serve.public_url};
    process.realtime.emplace(realtime_settings, process.door.handlers());
    const EventSettings event_settings = source.read<EventSettings>();

    const std::size_t wanted = static_cast<std::size_t>(process.serve.http_threads.value);
    const std::size_t count = wanted > 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::unique_ptr<ServingThread>> threads;
    for (std::size_t i = 0; i < count; ++i) threads.push_back(std::make_unique<ServingThread>(process));

    ServingThread& first = *threads.front();
    process.revocations.emplace(
        first.admin_pool(), process.modules.identity.access_token_ttl_s.value,
        [&process](const Uuid& session) { process.realtime->disconnect(room_of_session(session), "session_ended"); });
    boost::asio::co_spawn(first.io(), process.revocations->run(), boost::asio::detached);
    const auto deliver = [&process](std::vector<Emission> emissions) { process.deliver(emissions); };
    const auto members = [&process](std::string_view room) {
        return process.redis ? process.rooms.members(room) : process.realtime->members(room);
    };
    process.audience.emplace(first.io(), first.pool(), members, deliver);
    for (const auto& thread : threads) thread->services().add(*process.audience);
    boost::asio::co_spawn(first.io(), process.audience->run(), boost::asio::detached);
    Others others(first.io(), process, event_settings);
    for (const auto& thread : threads) thread->listen();

    boost::asio::signal_set signals(first.io(), SIGINT, SIGTERM);
    signals.async_wait([&](boost::system::error_code error, int) {
        if (!error) boost::asio::co_spawn(first.io(), stop_all(process, threads, others), boost::asio::detached);
    });
    log::info("serving",
              {{"address", process.serve.http_address}, {"port", process.serve.http_port.value}, {"threads", count}});

    std::vector<std::jthread> running;
    for (std::size_t i = 1; i < threads.size(); ++i) running.emplace_back([&thread = *threads[i]] { thread.run(); });
    first.run();
    running.clear();  // waits for them
    process.workshop.join();
    process.audience.reset();  // its timer is the first thread's
    return 0;
}

}  // namespace liveshop::app
