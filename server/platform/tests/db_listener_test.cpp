#include <gmock/gmock.h>

#include "platform/db/listener.hpp"
#include "platform/tests/db_notes.hpp"

namespace liveshop::db {
namespace {

using test::run;
using namespace std::chrono_literals;

class ListenerTest : public NotesTest {
  protected:
    template <class Condition>
    void wait_until(Condition condition) {
        run(io, [&]() -> awaitable<void> {
            while (!condition()) co_await test::pause(1ms);
        }());
    }
    std::vector<std::string> heard;
    int opened = 0;
};

TEST_F(ListenerTest, HearsItsChannelsAndNoOthers) {
    Listener listener(io, database.app_dsn(), [&] { ++opened; });
    listener.listen("jobs", [&](std::string_view payload) { heard.push_back("jobs " + std::string(payload)); });
    listener.listen("Odd \"name", [&](std::string_view payload) { heard.push_back("odd " + std::string(payload)); });
    listener.start();
    wait_until([&] { return opened == 1; });
    database.execute("notify elsewhere, 'unheard'");
    database.execute("notify jobs, 'one'");
    database.execute("notify jobs");
    database.execute(R"(notify "Odd ""name", 'two')");
    wait_until([&] { return heard.size() == 3; });
    EXPECT_THAT(heard, testing::ElementsAre("jobs one", "jobs ", "odd two"));
}

TEST_F(ListenerTest, ListensAgainAfterItsConnectionWasLost) {
    Listener listener(io, database.app_dsn(), [&] { ++opened; });
    listener.listen("jobs", [&](std::string_view payload) { heard.emplace_back(payload); });
    listener.start();
    wait_until([&] { return opened == 1; });
    for (int round = 2; round < 5; ++round) {
        database.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'liveshop listener'"
            " and datname = current_database()");
        wait_until([&] { return opened == round; });
        database.execute("notify jobs, 'again'");
        wait_until([&] { return heard.size() == static_cast<std::size_t>(round - 1); });
    }
}

TEST_F(ListenerTest, AnExceptionInOneDoesNotDeafenIt) {
    Listener listener(io, database.app_dsn(), [&] { ++opened; });
    listener.listen("jobs", [&](std::string_view payload) {
        heard.emplace_back(payload);
        if (payload == "bad") throw std::runtime_error("thrown on purpose by a test");
    });
    listener.start();
    wait_until([&] { return opened == 1; });
    database.execute("notify jobs, 'bad'");
    database.execute("notify jobs, 'good'");
    wait_until([&] { return heard.size() == 2; });
}

TEST_F(ListenerTest, IsSilentOnceClosed) {
    auto listener = std::make_unique<Listener>(io, database.app_dsn(), [&] { ++opened; });
    listener->listen("jobs", [&](std::string_view payload) {
        heard.emplace_back(payload);
        listener.reset();  // from within
    });
    listener->start();
    wait_until([&] { return opened == 1; });
    database.execute("begin; notify jobs, 'one'; notify jobs, 'two'; commit");
    io.restart();
    io.run();  // ends, since nothing is left to wait for
    EXPECT_THAT(heard, testing::ElementsAre("one"));
}

}  // namespace
}  // namespace liveshop::db
