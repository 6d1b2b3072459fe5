#include "up/supervisor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>

#include "up/tests/processes.hpp"

namespace liveshop::up {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using Clock = std::chrono::steady_clock;

// A supervisor in this process whose parts are shell scripts, run in a folder of their own.
class Supervised : public testing::Test {
  protected:
    Supervised() {
        timing.start_deadline = 10s;
        timing.stop_grace = 5s;
        timing.restart_delay_min = 1ms;
        timing.restart_delay_max = 10ms;
    }

    void add(std::string name, std::string script, Readiness ready = Runs{}) {
        Part part{std::move(name), shell(std::move(script)), std::move(ready)};
        part.command.directory = folder.path();
        parts.push_back(std::move(part));
    }

    // Stops once `condition` holds, and answers with what the supervisor ended.
    std::string run_until(std::function<bool(const Supervisor&)> condition, int stops = 1) {
        asio::io_context io(1);
        Supervisor supervisor(io, parts, timing, false);
        std::optional<std::string> failure;
        const auto ended = [&](const std::exception_ptr& error, std::string text) {
            if (error) std::rethrow_exception(error);
            failure = std::move(text);
            io.stop();
        };
        asio::co_spawn(io, supervisor.run([&] { was_ready = true; }), ended);
        asio::co_spawn(io, stop_when(supervisor, condition, stops), asio::detached);
        io.run_for(30s);
        EXPECT_TRUE(failure) << "it did not come to an end";
        for (const Service& service : supervisor.services()) EXPECT_EQ(service.pid(), 0) << service.name();
        return failure.value_or("");
    }

    static awaitable<void> stop_when(Supervisor& supervisor, const std::function<bool(const Supervisor&)>& condition,
                                     int stops) {
        asio::steady_timer timer(co_await asio::this_coro::executor);
        while (!condition(supervisor)) {
            timer.expires_after(5ms);
            co_await timer.async_wait(asio::use_awaitable);
        }
        for (int i = 0; i < stops; ++i) {
            supervisor.stop();
            timer.expires_after(50ms);
            co_await timer.async_wait(asio::use_awaitable);
        }
    }

    Folder folder;
    Timing timing;
    std::vector<Part> parts;
    bool was_ready = false;
};

const std::string wait_for_term = "trap 'echo $NAME >> order; exit 0' TERM; echo $$ > $NAME; sleep 60 & wait";

TEST_F(Supervised, PartsAreStoppedInTheOppositeOrder) {
    for (const char* name : {"sandbox", "media", "serve"}) {
        add(name, wait_for_term);
        parts.back().command.variables = {{"NAME", name}};
    }
    const std::string failure = run_until([&](const Supervisor&) {
        return was_ready && !folder.text("sandbox").empty() && !folder.text("media").empty() &&
               !folder.text("serve").empty();
    });
    EXPECT_EQ(failure, "");
    EXPECT_EQ(folder.text("order"), "serve\nmedia\nsandbox\n");
    for (const char* name : {"sandbox", "media", "serve"}) EXPECT_FALSE(alive(folder.pid(name))) << name;
}

TEST_F(Supervised, APartThatCrashesIsStartedAgain) {
    add("serve", "echo $$ >> pids; kill -SEGV $$");
    add("media", "echo $$ > media; sleep 60");
    timing.start_failures_max = 1'000;
    const std::string failure = run_until([](const Supervisor& s) { return s.services()[0].restarts() >= 3; });
    EXPECT_EQ(failure, "");
    const std::string pids = folder.text("pids");
    EXPECT_GE(std::ranges::count(pids, '\n'), 3) << pids;
    EXPECT_FALSE(alive(folder.pid("media")));
}

TEST_F(Supervised, APartThatFailsFiveTimesAtStartStopsEverything) {
    add("media", "echo $$ > media; sleep 60");
    add("serve", "echo 'token_secret: is required' >&2; exit 2", AcceptsUnix{folder / "none"});
    const std::string failure = run_until([](const Supervisor&) { return false; });
    EXPECT_EQ(failure,
              "serve does not start: it ended 5 times, at last with exit status 2. It wrote at last:\n"
              "  token_secret: is required");
    EXPECT_FALSE(was_ready);
    EXPECT_FALSE(alive(folder.pid("media")));
}

TEST_F(Supervised, AProgramThatIsMissingIsSaid) {
    add("web", "");
    parts.back().command = {.arguments = {"liveshop-no-such-program"}};
    parts.back().ready = AcceptsUnix{folder / "none"};
    EXPECT_THAT(run_until([](const Supervisor&) { return false; }),
                HasSubstr("liveshop-no-such-program is not in PATH"));
}

TEST_F(Supervised, APartThatIsNotReadyInTimeStopsEverything) {
    timing.start_deadline = 1s;
    add("media", "echo one; echo two; sleep 60", AcceptsUnix{folder / "none"});
    const std::string failure = run_until([](const Supervisor&) { return false; });
    EXPECT_EQ(failure, "media was not ready within 1 s. It wrote at last:\n  one\n  two");
}

TEST_F(Supervised, APartThatIgnoresSigtermIsKilled) {
    timing.stop_grace = 200ms;
    add("stubborn", "trap '' TERM; echo $$ > pid; while :; do sleep 1; done");
    const std::string failure = run_until([&](const Supervisor&) { return !folder.text("pid").empty(); });
    EXPECT_EQ(failure, "");
    EXPECT_FALSE(alive(folder.pid("pid")));
}

TEST_F(Supervised, ASecondStopKillsAtOnce) {
    timing.stop_grace = 20s;
    add("stubborn", "trap '' TERM; echo $$ > pid; while :; do sleep 1; done");
    add("stubborn too", "trap '' TERM; echo $$ > pid2; while :; do sleep 1; done");
    const Clock::time_point started = Clock::now();
    run_until([&](const Supervisor&) { return !folder.text("pid").empty() && !folder.text("pid2").empty(); }, 2);
    EXPECT_LT(Clock::now() - started, 10s);
    EXPECT_FALSE(alive(folder.pid("pid")));
    EXPECT_FALSE(alive(folder.pid("pid2")));
}

TEST_F(Supervised, StoppingWhileSomethingStartsOrWaitsToRestartIsNoFailure) {
    timing.restart_delay_min = timing.restart_delay_max = 60s;
    add("crashed", "echo $$ > crashed; exit 1", AcceptsUnix{folder / "none"});
    add("starting", "echo $$ > starting; sleep 60", AcceptsUnix{folder / "none"});
    const Clock::time_point started = Clock::now();
    const std::string failure = run_until([&](const Supervisor& s) {
        return !folder.text("crashed").empty() && !folder.text("starting").empty() && s.services()[0].pid() == 0;
    });
    EXPECT_EQ(failure, "");
    EXPECT_FALSE(was_ready);
    EXPECT_LT(Clock::now() - started, 10s);
}

TEST_F(Supervised, HealthyRunningForgetsEarlierFailures) {
    timing.healthy_after = 1ms;  // each run is longer than that
    timing.start_failures_max = 3;
    add("serve", "sleep 0.02; exit 1", AcceptsUnix{folder / "none"});
    const std::string failure = run_until([](const Supervisor& s) { return s.services()[0].restarts() >= 6; });
    EXPECT_EQ(failure, "");
}

TEST(Restart, TheDelayDoublesUpToItsMost) {
    const Timing timing;
    EXPECT_EQ(restart_delay(timing, 1), 100ms);
    EXPECT_EQ(restart_delay(timing, 2), 200ms);
    EXPECT_EQ(restart_delay(timing, 7), 6400ms);
    EXPECT_EQ(restart_delay(timing, 8), 10s);
    EXPECT_EQ(restart_delay(timing, 1'000'000), 10s);
}

}  // namespace
}  // namespace liveshop::up
