#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/signal_set.hpp>

#include "app/bus.hpp"
#include "app/commands.hpp"
#include "app/redis_bus.hpp"
#include "app/thread.hpp"
#include "modules/notify/senders.hpp"
#include "platform/jobs/worker.hpp"
#include "platform/log.hpp"

namespace liveshop::app {

int work(const config::Source& source) {
    log::start(source.read<log::Settings>(), "work");
    const DatabaseSettings database = source.read<DatabaseSettings>();
    const ModuleSettings modules = ModuleSettings::read(source);
    Workshop workshop(source.read<StorageSettings>());
    Thread thread(database, modules, workshop, "work");
    notify::Senders senders(thread.http_client, modules.notify);
    thread.services.add(senders);
    BusSender bus(thread.io, thread.pool);
    std::optional<RedisBus> redis;
    if (const auto address = redis_address(source.read<EventSettings>())) {
        redis.emplace(thread.io, redis::ConnectSettings{.address = *address}, Hear());
        redis->start();
    }
    const auto deliver = [&](std::vector<Emission> emissions) {
        redis ? redis->send(emissions) : bus.send(std::move(emissions));
    };
    jobs::Worker worker(
        thread.io, source.read<jobs::WorkerSettings>(),
        {.table = program().jobs, .pool = thread.pool, .services = thread.services, .deliver = deliver});
    db::Listener calls(thread.io, database.database_url.reveal(), [&worker] { worker.wake(); });
    calls.listen(std::string(jobs_channel), [&worker](std::string_view) { worker.wake(); });
    calls.start();
    const auto run = [&]() -> awaitable<void> {
        co_await worker.run();
        if (redis) co_await redis->drain(std::chrono::seconds(1));
    };
    boost::asio::co_spawn(thread.io, run, [&thread](std::exception_ptr error) {
        thread.io.stop();
        if (error) std::rethrow_exception(error);
    });
    boost::asio::signal_set signals(thread.io, SIGINT, SIGTERM);
    signals.async_wait([&](boost::system::error_code error, int) {
        if (!error) worker.stop();
    });
    log::info("working", {});
    thread.io.run();
    workshop.join();
    return 0;
}

}  // namespace liveshop::app
