// The supervisor as a process of its own: signals, its exit status, and what is left when it is killed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

#include "up/supervisor.hpp"
#include "up/tests/processes.hpp"

namespace liveshop::up {
namespace {

using testing::HasSubstr;

class Supervise : public testing::Test {
  protected:
    ~Supervise() override {
        if (supervisor <= 0) return;
        kill(supervisor, SIGKILL);
        waitpid(supervisor, nullptr, 0);
    }

    void start(const std::string& script, Readiness ready = Runs{}) {
        Part part{"serve", shell(script), std::move(ready)};
        part.command.directory = folder.path();
        supervisor = fork();
        ASSERT_GE(supervisor, 0);
        if (supervisor != 0) return;
        if (!std::freopen((folder / "stderr").c_str(), "w", stderr)) _exit(99);
        const int status = supervise({std::move(part)}, {.restart_delay_max = std::chrono::milliseconds(10)}, false,
                                     [this] { std::ofstream(folder / "ready") << getpid() << "\n"; });
        std::fflush(stderr);
        _exit(status);
    }

    int exit_status() {
        int status = 0;
        EXPECT_EQ(waitpid(supervisor, &status, 0), supervisor);
        supervisor = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }

    Folder folder;
    pid_t supervisor = 0;
};

TEST_F(Supervise, SigtermAndSigintEndItCleanly) {
    for (const int number : {SIGTERM, SIGINT}) {
        start("echo $$ > pid; sleep 60 & echo $! > grandchild; wait");
        const pid_t child = folder.pid("pid"), grandchild = folder.pid("grandchild");
        EXPECT_EQ(folder.pid("ready"), supervisor);
        kill(supervisor, number);
        EXPECT_EQ(exit_status(), 0);
        EXPECT_FALSE(alive(child));
        EXPECT_TRUE(ends(grandchild));
        for (const char* name : {"pid", "grandchild", "ready"}) std::filesystem::remove(folder / name);
    }
}

TEST_F(Supervise, NothingSurvivesItsDeath) {
    start("trap '' TERM HUP; echo $$ > pid; exec sleep 60");
    const pid_t child = folder.pid("pid");
    EXPECT_TRUE(alive(child));
    kill(supervisor, SIGKILL);
    EXPECT_EQ(exit_status(), -SIGKILL);
    EXPECT_TRUE(ends(child));
}

TEST_F(Supervise, WhatDoesNotStartIsSaidOnStderr) {
    start("echo cannot read the configuration >&2; exit 2", AcceptsUnix{folder / "none"});
    EXPECT_EQ(exit_status(), 1);
    const std::string said = folder.text("stderr");
    EXPECT_THAT(said, HasSubstr("serve | cannot read the configuration\n"));
    EXPECT_THAT(said, HasSubstr("liveshop up: serve does not start: it ended 5 times"));
}

}  // namespace
}  // namespace liveshop::up
