#include "up/child.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <boost/asio/co_spawn.hpp>

#include "up/output.hpp"
#include "up/tests/processes.hpp"

namespace liveshop::up {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Ended {
    std::string output;
    int status = -1;
};

Ended run(const Command& command, const std::function<void(Child&)>& meanwhile = {}) {
    asio::io_context io(1);
    Ended result;
    Child child(io, command, [&](std::string_view text) {
        result.output += text;
        if (meanwhile) meanwhile(child);
    });
    asio::co_spawn(io, child.ended(), [&](const std::exception_ptr& error, int status) {
        if (error) std::rethrow_exception(error);
        result.status = status;
        io.stop();
    });
    io.run_for(std::chrono::seconds(20));
    return result;
}

TEST(Child, ItsOutputAndItsEndAreSeen) {
    const Ended ended = run(shell("echo out; echo err >&2; exit 3"));
    EXPECT_EQ(ended.output, "out\nerr\n");
    EXPECT_EQ(describe_end(ended.status), "exit status 3");
}

TEST(Child, AllOfALongOutputIsSeenThoughItEndsAtOnce) {
    EXPECT_EQ(run(shell("head -c 300000 /dev/zero | tr '\\0' x")).output.size(), 300'000U);
}

TEST(Child, RunsInItsFolderAndEnvironmentWithNothingOnItsInput) {
    ASSERT_EQ(setenv("LIVESHOP_TOKEN_SECRET", "hunter2", 1), 0);
    Command command = shell("pwd; echo $GREETING; echo [$LIVESHOP_TOKEN_SECRET]; cat; ls /proc/self/fd | wc -l");
    command.directory = "/usr";
    command.variables = {{"GREETING", "hello"}};
    command.variables_withheld = "LIVESHOP_";
    const Ended ended = run(command);
    unsetenv("LIVESHOP_TOKEN_SECRET");
    EXPECT_EQ(ended.output, "/usr\nhello\n[]\n4\n") << "descriptors: 0, 1, 2 and the one ls reads";
}

TEST(Child, WhatCannotBeRunIsSaidByName) {
    const auto refusal = [](const Command& command) -> std::string {
        try {
            run(command);
        } catch (const std::system_error& e) {
            return e.what();
        }
        return "";
    };
    EXPECT_THAT(refusal({.arguments = {"liveshop-no-such-program"}}),
                HasSubstr("liveshop-no-such-program is not in PATH"));
    EXPECT_THAT(refusal({.arguments = {"/etc/passwd"}}), HasSubstr("cannot run /etc/passwd: Permission denied"));
    EXPECT_THAT(refusal({.arguments = {"sh"}, .directory = "/nowhere"}), HasSubstr("in /nowhere: No such file"));
    EXPECT_THAT(refusal({}), HasSubstr("an empty command"));
}

TEST(Child, ASignalReachesItsWholeGroup) {
    const Ended ended = run(shell("sleep 60 & echo $!; wait"), [](Child& child) { child.signal(SIGTERM); });
    EXPECT_EQ(describe_end(ended.status), "killed by signal 15 (Terminated)");
    EXPECT_TRUE(ends(std::stoi(ended.output)));
}

TEST(Child, WhatItLeavesBehindIsKilled) {
    const Ended ended = run(shell("(trap '' TERM HUP; sleep 60) & echo $!"));
    EXPECT_EQ(describe_end(ended.status), "exit status 0");
    EXPECT_TRUE(ends(std::stoi(ended.output)));
}

TEST(Child, IsKilledWithItsObject) {
    asio::io_context io(1);
    pid_t pid = 0;
    {
        const Child child(io, shell("sleep 60"), [](std::string_view) {});
        pid = child.pid();
        EXPECT_TRUE(alive(pid));
    }
    EXPECT_FALSE(alive(pid));
    io.poll();  // what its object had begun to wait for ends without it
}

TEST(Lines, AreCutAndTheLastOnesKept) {
    std::vector<std::string> seen;
    Lines lines([&](std::string_view line) { seen.emplace_back(line); });
    lines.add("one\ntw");
    lines.add("o\n\nthr");
    lines.add("ee");
    EXPECT_THAT(seen, ElementsAre("one", "two", ""));
    lines.end();
    EXPECT_EQ(seen.back(), "three");
    for (std::size_t i = 0; i < Lines::kept_max; ++i) lines.add(std::to_string(i) + "\n");
    EXPECT_EQ(lines.last().size(), Lines::kept_max);
    EXPECT_EQ(lines.last().front(), "0");
}

TEST(Lines, OneWithoutEndComesInPieces) {
    std::size_t longest = 0, total = 0;
    Lines lines([&](std::string_view line) {
        longest = std::max(longest, line.size());
        total += line.size();
    });
    for (int i = 0; i < 100; ++i) lines.add(std::string(1000, 'x'));
    lines.end();
    EXPECT_EQ(longest, Lines::line_bytes_max);
    EXPECT_EQ(total, 100'000U);
}

}  // namespace
}  // namespace liveshop::up
