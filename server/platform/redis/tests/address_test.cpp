#include "platform/redis/address.hpp"

#include <gtest/gtest.h>

namespace liveshop::redis {
namespace {

TEST(RedisAddress, OverTcp) {
    const Address plain = parse_address("redis://10.0.0.7").value();
    EXPECT_EQ(plain.host, "10.0.0.7");
    EXPECT_EQ(plain.port, 6379);
    EXPECT_EQ(plain.database, 0);
    EXPECT_FALSE(plain.secure);

    const Address full = parse_address("rediss://shop:p%40ss%3Aw%2Frd@redis.example:7000/3").value();
    EXPECT_TRUE(full.secure);
    EXPECT_EQ(full.host, "redis.example");
    EXPECT_EQ(full.port, 7000);
    EXPECT_EQ(full.user, "shop");
    EXPECT_EQ(full.password, "p@ss:w/rd");
    EXPECT_EQ(full.database, 3);

    const Address no_user = parse_address("redis://:secret@[::1]:1/").value();
    EXPECT_EQ(no_user.host, "::1");
    EXPECT_EQ(no_user.user, "");
    EXPECT_EQ(no_user.password, "secret");
}

TEST(RedisAddress, OnAUnixSocket) {
    const Address plain = parse_address("unix:///run/redis/redis.sock").value();
    EXPECT_EQ(plain.unix_socket, "/run/redis/redis.sock");
    const Address full = parse_address("unix://:secret@/run/redis.sock?db=4").value();
    EXPECT_EQ(full.unix_socket, "/run/redis.sock");
    EXPECT_EQ(full.password, "secret");
    EXPECT_EQ(full.database, 4);
}

TEST(RedisAddress, LogsSeeNoPassword) {
    EXPECT_EQ(parse_address("rediss://shop:hunter2@redis.example/3")->to_string(), "rediss://redis.example:6379");
    EXPECT_EQ(parse_address("redis://:hunter2@[::1]:1")->to_string(), "redis://[::1]:1");
    EXPECT_EQ(parse_address("unix://:hunter2@/run/redis.sock")->to_string(), "unix:///run/redis.sock");
}

TEST(RedisAddress, AnythingElseIsRefusedWithoutRepeatingIt) {
    for (const std::string_view url : {"hunter2",
                                       "",
                                       "http://hunter2.example",
                                       "redis://",
                                       "redis://hunter2@host",
                                       "redis://host:0",
                                       "redis://host:65536",
                                       "redis://host:hunter2",
                                       "redis://host/hunter2",
                                       "redis://host/-1",
                                       "redis://host/1/2",
                                       "redis://host?hunter2=1",
                                       "redis://host/0#hunter2",
                                       "redis://:hunter2%zz@host",
                                       "redis://:hunter2@@host",
                                       "unix://hunter2/run/redis.sock",
                                       "unix://",
                                       "unix:///",
                                       "unix:///run/x%00hunter2",
                                       "unix:///run/x?db=hunter2",
                                       "unix:///run/x?hunter2"}) {
        const auto address = parse_address(url);
        ASSERT_FALSE(address) << url;
        EXPECT_TRUE(address.error().starts_with("must be ")) << address.error();
        EXPECT_EQ(address.error().find("hunter2"), std::string::npos) << address.error();
    }
    EXPECT_FALSE(parse_address("unix:///" + std::string(107, 'x')));
    EXPECT_TRUE(parse_address("unix:///" + std::string(106, 'x')));
}

}  // namespace
}  // namespace liveshop::redis
