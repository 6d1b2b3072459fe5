// How often somebody may call, and who somebody is.
#include "platform/api/client_address.hpp"
#include "platform/tests/door.hpp"

namespace liveshop {
namespace {

using test::Call;
using test::Door;
using test::outcome_of;

awaitable<void> knock(Ctx&) { co_return; }
awaitable<void> ring(Ctx&) { co_return; }

constexpr Rate thrice_a_minute{.count = 3, .per_s = 60};

std::vector<Route> routes() {
    return route_table(post<knock>("/knock").by(anyone).limited(thrice_a_minute),
                       post<ring>("/ring").by(anyone).limited(thrice_a_minute));
}

class ApiRateLimit : public testing::Test {
  protected:
    // How many of ten calls were let in.
    int let_in(Door& door, const Call& call) {
        int count = 0;
        for (int i = 0; i < 10; ++i) count += door.send(call).status == 204 ? 1 : 0;
        return count;
    }
    Call from(std::string address) const {
        Call call{"POST", "/knock"};
        call.address = std::move(address);
        return call;
    }
    Call forwarded(std::vector<std::string> values) const {
        Call call{"POST", "/knock"};
        for (std::string& value : values) call.headers.push_back({"X-Forwarded-For", std::move(value)});
        return call;
    }

    Door door{{.routes = routes()}};
};

TEST_F(ApiRateLimit, RetryAfterSaysHowLongToWait) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(door.send({"POST", "/knock"}).status, 204);
    const http::Response refused = door.send({"POST", "/knock"});
    EXPECT_EQ(outcome_of(refused), "429 rate_limited");
    const std::string wait_s = test::header_of(refused, "Retry-After");
    EXPECT_THAT(wait_s, testing::AnyOf("19", "20"));  // one of three in 60 s
    EXPECT_EQ(test::text_of(refused, "detail"), "Wait " + wait_s + " s");
    EXPECT_EQ(door.send({"POST", "/ring"}).status, 204);  // each route has its own
}

TEST_F(ApiRateLimit, AUserCountsAsOneWhereverFrom) {
    const test::Person one = door.sign_in(), two = door.sign_in();
    Call call = from("192.0.2.1");
    call.token = one.token;
    EXPECT_EQ(let_in(door, call), 3);
    call.address = "192.0.2.2";
    EXPECT_EQ(let_in(door, call), 0);
    call.token = two.token;
    EXPECT_EQ(let_in(door, call), 3);
    EXPECT_EQ(let_in(door, from("192.0.2.2")), 3);
}

TEST_F(ApiRateLimit, VisitorsCountByAddressAndByNetworkInIpv6) {
    EXPECT_EQ(let_in(door, from("192.0.2.1")), 3);
    EXPECT_EQ(let_in(door, from("::ffff:192.0.2.1")), 0);
    EXPECT_EQ(let_in(door, from("192.0.2.2")), 3);
    EXPECT_EQ(let_in(door, from("2001:db8:1:2::1")), 3);
    EXPECT_EQ(let_in(door, from("2001:db8:1:2:ffff::2")), 0);
    EXPECT_EQ(let_in(door, from("2001:db8:1:3::1")), 3);
}

TEST_F(ApiRateLimit, WithoutAProxyNobodyNamesHisOwnAddress) {
    EXPECT_EQ(let_in(door, forwarded({"203.0.113.1"})), 3);
    EXPECT_EQ(let_in(door, forwarded({"203.0.113.2"})), 0);
}

TEST_F(ApiRateLimit, BehindAProxyItsWordCountsAndNoOther) {
    Door behind({.routes = routes(), .behind_proxy = true});
    EXPECT_EQ(let_in(behind, forwarded({"203.0.113.1"})), 3);
    EXPECT_EQ(let_in(behind, forwarded({"203.0.113.9, 203.0.113.1"})), 0);
    EXPECT_EQ(let_in(behind, forwarded({"203.0.113.9", "203.0.113.1"})), 0);  // the proxy's own line comes last
    EXPECT_EQ(let_in(behind, forwarded({"203.0.113.2"})), 3);
    EXPECT_EQ(let_in(behind, forwarded({})), 3);  // from the proxy itself
}

TEST_F(ApiRateLimit, AWrongTokenIsRefusedBeforeItCounts) {
    Call call = from("192.0.2.1");
    call.token = "made up";
    EXPECT_EQ(outcome_of(door.send(call)), "401 unauthenticated");
    EXPECT_EQ(let_in(door, from("192.0.2.1")), 3);
}

TEST(ForwardedAddress, IsTheLastEntryOfTheLastHeader) {
    using Headers = std::vector<http::HeaderView>;
    EXPECT_EQ(forwarded_address(Headers{}), "");
    EXPECT_EQ(forwarded_address(Headers{{"Host", "a"}, {"X-Forwarded-For", "192.0.2.1"}}), "192.0.2.1");
    EXPECT_EQ(forwarded_address(Headers{{"x-forwarded-for", "1.1.1.1, 192.0.2.1 \t"}}), "192.0.2.1");
    EXPECT_EQ(forwarded_address(Headers{{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-For", "192.0.2.1"}}),
              "192.0.2.1");
    EXPECT_EQ(forwarded_address(Headers{{"X-Forwarded-For", "192.0.2.1:4711"}}), "192.0.2.1");
    EXPECT_EQ(forwarded_address(Headers{{"X-Forwarded-For", "[2001:db8::1]:443"}}), "2001:db8::1");
    EXPECT_EQ(forwarded_address(Headers{{"X-Forwarded-For", "2001:db8::1"}}), "2001:db8::1");
    for (const char* odd : {"", ",", " , ", "[", "[]", ":"})
        EXPECT_EQ(forwarded_address(Headers{{"X-Forwarded-For", odd}}), "") << odd;
}

}  // namespace
}  // namespace liveshop
