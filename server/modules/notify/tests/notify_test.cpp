// From what happened to what people are told: with a shop, its orders, and a provider that writes down what it is sent.
#include <fmt/format.h>

#include "modules/catalog/followers.hpp"
#include "modules/checkout/tests/shop.hpp"
#include "modules/notify/base64url.hpp"
#include "modules/notify/jobs.hpp"
#include "modules/notify/routes.hpp"
#include "modules/notify/senders.hpp"
#include "modules/notify/tell.hpp"
#include "platform/http/server.hpp"

namespace liveshop::notify {
namespace {

using test::code_of;
using test::json_of;
using test::TestUser;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Sent {
    std::string path, body, topic, ttl;
};

class Notify : public checkout::Shop {
  protected:
    Notify()
        : Shop({.routes = notify::routes() + catalog::follower_routes(), .constraints = {}, .job_rows = job_rows()}) {
        const std::string provider = fmt::format("http://127.0.0.1:{}", server_.port());
        settings_.public_url = "https://shop.example";
        settings_.twilio_api_url = provider;
        settings_.twilio_account_sid = "AC1";
        settings_.twilio_auth_token = OptionalSecret("token");
        settings_.twilio_from = "+15005550006";
        settings_.vapid_private_key = OptionalSecret(base64url(std::string(32, 'v')));
        settings_.vapid_subject = "mailto:shop@example.com";
        settings_.web_push_services = {provider};
        senders_.emplace(client_, settings_);
        api.services().add<const Settings>(settings_);
        api.services().add(*senders_);
        provider_ = provider;
    }
    ~Notify() override { test::run(api.io(), server_.stop(std::chrono::seconds(1))); }

    std::string subscribe(TestUser who, std::string_view device) {
        const http::Response response =
            api.post("/me/push-subscriptions", who,
                     fmt::format(R"({{"kind": "web", "endpoint": "{}/push/{}", "p256dh": "{}", "auth": "{}"}})",
                                 provider_, device, base64url(browser_.point()), base64url(std::string(16, 'a'))));
        EXPECT_EQ(response.status, 201) << response.body;
        return response.status == 201 ? std::string(json_of(response).at("id").as_string()) : "";
    }
    void prefer(TestUser who, std::string_view kind, std::string_view channel, bool is_enabled) {
        const http::Response response =
            api.put("/me/notification-preferences", who,
                    fmt::format(R"({{"changes": [{{"kind": "{}", "channel": "{}", "is_enabled": {}}}]}})", kind,
                                channel, is_enabled));
        EXPECT_EQ(response.status, 200) << response.body;
    }
    json::value list(TestUser who, std::string query = "") {
        return json_of(api.get("/me/notifications" + query, who));
    }
    std::vector<std::string> types(TestUser who) {
        std::vector<std::string> found;
        const json::value answer = list(who);
        for (const json::value& one : answer.at("notifications").as_array())
            found.emplace_back(one.at("type").as_string());
        return found;
    }
    /// Tells one person of one thing, and sends what comes of it.
    void tell_one(TestUser who, Kind kind, std::string key) {
        api.with_ctx(who, [&](Ctx& ctx) -> awaitable<void> {
            Words words{{{"order_number", "A-1"}, {"store_name", "Mugs"}, {"total", "5.00 EUR"}}, {}};
            co_await tell(ctx, {who.id},
                          {.kind = kind, .key = key, .tag = "order:1", .url = "/orders/1", .words = std::move(words)});
        });
    }
    std::string go_live(const StoreRow& store, std::string_view status = "live", std::string_view type = "public") {
        return api.sql(fmt::format(
            "insert into live_streams (tenant_id, store_id, host_id, title, type, status, started_at, scheduled_at)"
            " values ('{}', '{}', '{}', 'Spring', '{}', '{}', case when '{}' = 'live' then now() end,"
            " now() + interval '1 hour') returning id",
            store.owner.tenant_id.to_string(), store.id, store.owner.id.to_string(), type, status, status));
    }
    void publish(std::string_view topic, std::string_view payload) {
        for (const jobs::JobRow& row : job_rows())
            if (row.topic == topic) api.enqueue(row.kind, api.tenant_id(), payload);
    }

    std::vector<Sent> sent_;
    int answer_ = 201;
    std::string provider_;
    Settings settings_;
    EcKey browser_ = EcKey::generate();
    http::Client client_{api.io()};
    std::optional<Senders> senders_;
    http::Server server_{
        api.io(), http::tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0), http::Limits{},
        [this](const http::Request& request) -> http::awaitable<http::Response> {
            sent_.push_back({std::string(request.path), std::string(request.body), std::string(request.header("topic")),
                             std::string(request.header("ttl"))});
            co_return http::Response{.status = answer_, .body = R"({"sid": "SM1"})"};
        }};
};

TEST_F(Notify, AnOrdersCustomerAndStoreAreTold) {
    const StoreRow store = make_store("EUR");
    const std::string variant = make_variant(store, 500, 7);
    const std::string order_id = place(buyer, {variant}, 3);
    ASSERT_EQ(check_out(buyer, {order_id}, visa).status, 200);
    api.run_jobs();
    EXPECT_THAT(types(buyer), ElementsAre("order_paid"));
    EXPECT_THAT(types(store.owner), ::testing::UnorderedElementsAre("new_order", "low_stock")) << "4 of 7 are left";
    const json::value told = list(buyer);
    EXPECT_EQ(told.at("unread_count").as_int64(), 1);
    const json::value& first = told.at("notifications").at(0);
    EXPECT_EQ(first.at("data").at("url").as_string(), "/orders/" + order_id);
    EXPECT_THAT(std::string(first.at("body").as_string()), HasSubstr("Test store has your order"));
    std::vector<std::string> events;
    for (const Emission& emission : api.emissions())
        if (emission.event == "notification:new") events.push_back(emission.room);
    EXPECT_THAT(events, Contains("user:" + buyer.id.to_string()));

    publish("checkout.order_paid", fmt::format(R"({{"order_id": "{}"}})", order_id));
    api.run_jobs();
    EXPECT_THAT(types(buyer), ElementsAre("order_paid")) << "a fact handled twice is told once";

    for (const char* status : {"confirmed", "preparing", "ready"}) ASSERT_EQ(move(store, order_id, status).status, 200);
    publish("checkout.order_moved", fmt::format(R"({{"order_id": "{}"}})", order_id));
    api.run_jobs();
    EXPECT_THAT(types(buyer), ElementsAre("order_ready", "order_paid"));
}

TEST_F(Notify, ACancelledOrderIsNewsOnlyIfItWasPaid) {
    const StoreRow store = make_store("EUR");
    const std::string variant = make_variant(store, 500, 50);
    const std::string unpaid = place(buyer, {variant}), paid = place(buyer, {variant});
    ASSERT_EQ(check_out(buyer, {paid}, visa).status, 200);
    for (const std::string& id : {unpaid, paid})
        ASSERT_EQ(api.post("/orders/" + id + "/cancel", buyer, "{}").status, 200);
    api.run_jobs();
    EXPECT_THAT(types(buyer), ::testing::UnorderedElementsAre("order_paid", "order_cancelled"));
    EXPECT_THAT(types(store.owner), ::testing::UnorderedElementsAre("new_order", "order_withdrawn"));
}

TEST_F(Notify, OneReadsOnesOwnListPageByPage) {
    for (int i = 0; i < 5; ++i) tell_one(buyer, Kind::order_ready, fmt::format("k{}", i));
    const json::value page = list(buyer, "?limit=2");
    EXPECT_EQ(page.at("notifications").as_array().size(), 2U);
    EXPECT_EQ(page.at("unread_count").as_int64(), 5);
    const std::string next(page.at("next_before").as_string());
    const json::value rest = list(buyer, "?limit=3&before=" + next);
    EXPECT_EQ(rest.at("notifications").as_array().size(), 3U);
    EXPECT_FALSE(rest.as_object().contains("next_before"));

    const std::string id(page.at("notifications").at(0).at("id").as_string());
    const std::string path = "/me/notifications/" + id + "/read";
    EXPECT_EQ(code_of(api.put(path, other_buyer, "{}")), "notify.notification_not_found");
    EXPECT_EQ(code_of(api.put(path, api.make_user(Role::customer, api.make_tenant("other")), "{}")),
              "notify.notification_not_found");
    EXPECT_EQ(json_of(api.put(path, buyer, "{}")).at("unread_count").as_int64(), 4);
    EXPECT_EQ(list(buyer, "?unread=true").at("notifications").as_array().size(), 4U);
    EXPECT_EQ(json_of(api.put("/me/notifications/read", buyer, "{}")).at("unread_count").as_int64(), 0);
    for (const char* forbidden : {"/me/notifications", "/me/notification-preferences", "/me/push-subscriptions"})
        EXPECT_EQ(code_of(api.call({"GET", forbidden, std::nullopt, "", ""})), "unauthenticated");
    EXPECT_EQ(code_of(api.call({"PUT", "/me/notifications/read", std::nullopt, "{}", ""})), "unauthenticated");
    EXPECT_EQ(code_of(api.get("/me/notifications?limit=101", buyer)), "invalid");
}

TEST_F(Notify, PreferencesAreKeptAndCodesCannotBeSwitchedOff) {
    const json::value before = json_of(api.get("/me/notification-preferences", buyer));
    EXPECT_EQ(json::serialize(before.at("available")), R"(["in_app","push","sms"])") << "there is no mail server";
    EXPECT_EQ(before.at("time_zone").as_string(), "UTC");
    prefer(buyer, "order_ready", "in_app", false);
    tell_one(buyer, Kind::order_ready, "a");
    tell_one(buyer, Kind::order_picked_up, "b");
    EXPECT_THAT(types(buyer), ElementsAre("order_picked_up"));

    const std::string path = "/me/notification-preferences";
    for (const char* kind : {"verification_code", "password_changed"})
        EXPECT_EQ(
            code_of(api.put(
                path, buyer,
                fmt::format(R"({{"changes": [{{"kind": "{}", "channel": "email", "is_enabled": false}}]}})", kind))),
            "notify.kind_locked");
    const http::Response quiet =
        api.put(path, buyer, R"({"quiet_hours": {"from": "22:00", "until": "07:30"}, "time_zone": "Europe/Berlin"})");
    ASSERT_EQ(quiet.status, 200) << quiet.body;
    EXPECT_EQ(json_of(quiet).at("quiet_hours").at("until").as_string(), "07:30");
    EXPECT_EQ(json_of(quiet).at("time_zone").as_string(), "Europe/Berlin");
    EXPECT_EQ(code_of(api.put(path, buyer, R"({"time_zone": "Moon/Base"})")), "invalid");
    EXPECT_EQ(code_of(api.put(path, buyer, R"({"quiet_hours": {"from": "25:00", "until": "07:30"}})")), "invalid");
    const http::Response loud = api.put(path, buyer, R"({"has_quiet_hours": false})");
    EXPECT_FALSE(json_of(loud).as_object().contains("quiet_hours"));
    EXPECT_EQ(json_of(api.get(path, other_buyer)).at("time_zone").as_string(), "UTC") << "somebody else's";
}

TEST_F(Notify, APushGoesToEachDeviceOnceAndDeadOnesAreForgotten) {
    subscribe(buyer, "phone");
    subscribe(buyer, "desk");
    tell_one(buyer, Kind::order_ready, "a");
    api.run_jobs();
    ASSERT_EQ(sent_.size(), 2U);
    EXPECT_EQ(sent_[0].topic, sent_[1].topic);
    EXPECT_EQ(sent_[0].topic.size(), 32U);
    EXPECT_GT(std::stoll(sent_[0].ttl), 40'000);
    EXPECT_THAT(sent_[0].body, Not(HasSubstr("A-1"))) << "only the browser can read it";
    EXPECT_EQ(json::serialize(list(buyer).at("notifications").at(0).at("sent_via")), R"(["push"])");

    answer_ = 410;
    tell_one(buyer, Kind::order_picked_up, "b");
    api.run_jobs();
    EXPECT_EQ(sent_.size(), 4U);
    EXPECT_EQ(json_of(api.get("/me/push-subscriptions", buyer)).at("push_subscriptions").as_array().size(), 0U);
    EXPECT_EQ(api.sql("select string_agg(status, ',' order by created_at, status) from notification_sends"),
              "sent,sent,skipped,skipped");
}

TEST_F(Notify, OfSeveralUpdatesOfAnOrderOnlyTheLastIsPushed) {
    subscribe(buyer, "phone");
    tell_one(buyer, Kind::order_ready, "a");
    tell_one(buyer, Kind::order_picked_up, "b");
    api.run_jobs();
    EXPECT_EQ(sent_.size(), 1U);
    EXPECT_THAT(types(buyer), ElementsAre("order_picked_up", "order_ready")) << "the list has both";
    EXPECT_EQ(api.sql("select last_error from notification_sends where status = 'skipped'"), "replaced by a later one");
}

TEST_F(Notify, QuietHoursHoldBackWhatKeepsAndDropWhatDoesNot) {
    subscribe(buyer, "phone");
    const std::string now = api.sql("select to_char(now() at time zone 'UTC' - interval '1 minute', 'HH24:MI')");
    const std::string later = api.sql("select to_char(now() at time zone 'UTC' + interval '2 hours', 'HH24:MI')");
    ASSERT_EQ(api.put("/me/notification-preferences", buyer,
                      fmt::format(R"({{"quiet_hours": {{"from": "{}", "until": "{}"}}}})", now, later))
                  .status,
              200);
    tell_one(buyer, Kind::driver_at_door, "a");
    api.run_jobs();
    EXPECT_EQ(api.sql("select status from notification_sends"), "skipped");
    api.sql("delete from notifications");
    tell_one(buyer, Kind::order_delivered, "b");
    api.run_jobs();
    EXPECT_THAT(sent_, IsEmpty());
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'notify.send' and status = 'queued'"
                      " and run_at > now() + interval '1 hour'"),
              "1");
    api.sql("update notification_settings set quiet_from = null, quiet_until = null");
    api.run_all_jobs();
    EXPECT_EQ(sent_.size(), 1U) << "at their end it goes out";
}

TEST_F(Notify, WhatFailsIsTriedAgainAndGivenUpInSight) {
    subscribe(buyer, "phone");
    answer_ = 503;
    tell_one(buyer, Kind::order_ready, "a");
    api.run_jobs();
    EXPECT_EQ(api.sql("select status || attempts || last_error from notification_sends"), "queued1push service: 503");
    for (int i = 0; i < 12; ++i) api.run_all_jobs();
    EXPECT_EQ(api.sql("select status || attempts from notification_sends"), "failed12");
    EXPECT_EQ(api.sql("select status || attempts from jobs where kind = 'notify.send'"), "dead12");
    const TestUser admin = api.make_user(Role::admin);
    const json::value log = json_of(api.get("/admin/notification-sends?status=failed", admin));
    EXPECT_EQ(log.at("sends").at(0).at("last_error").as_string(), "push service: 503");
    EXPECT_EQ(code_of(api.get("/admin/notification-sends", buyer)), "forbidden");
    api.sql("delete from jobs where status = 'dead'");  // expected here
}

TEST_F(Notify, ABrowserThatChangesHandsGetsNothingOfTheOldOnes) {
    const std::string first = subscribe(buyer, "shared");
    tell_one(buyer, Kind::order_ready, "a");
    const std::string second = subscribe(other_buyer, "shared");
    EXPECT_NE(first, second);
    api.run_jobs();
    EXPECT_THAT(sent_, IsEmpty());
    EXPECT_EQ(api.sql("select status from notification_sends"), "skipped");
    EXPECT_EQ(api.del("/me/push-subscriptions/" + second, buyer).status, 204) << "of somebody else: nothing happens";
    EXPECT_EQ(json_of(api.get("/me/push-subscriptions", other_buyer)).at("push_subscriptions").as_array().size(), 1U);
    EXPECT_EQ(api.del("/me/push-subscriptions/" + second, other_buyer).status, 204);
    EXPECT_EQ(api.sql("select count(*) from push_subscriptions"), "0");
}

TEST_F(Notify, SubscriptionsAreCheckedAtTheDoor) {
    const std::string point = base64url(browser_.point()), auth = base64url(std::string(16, 'a'));
    const auto add = [&](std::string_view endpoint, std::string_view p256dh) {
        return code_of(api.post("/me/push-subscriptions", buyer,
                                fmt::format(R"({{"kind": "web", "endpoint": "{}", "p256dh": "{}", "auth": "{}"}})",
                                            endpoint, p256dh, auth)));
    };
    EXPECT_EQ(add("http://169.254.169.254/latest/meta-data", point), "notify.push_service_unknown");
    EXPECT_EQ(add(provider_ + "/x", "AAAA"), "invalid");
    EXPECT_EQ(code_of(api.post("/me/push-subscriptions", buyer, R"({"kind": "fcm", "endpoint": "token"})")),
              "notify.push_not_offered");
    const json::value list = json_of(api.get("/me/push-subscriptions", buyer));
    EXPECT_EQ(decode_base64url(list.at("vapid_public_key").as_string())->size(), 65U);
}

TEST_F(Notify, TextMessagesGoToWhoWantsThem) {
    prefer(buyer, "order_ready", "sms", true);
    prefer(other_buyer, "order_ready", "sms", true);
    api.sql(fmt::format("update users set phone = '+491701234567' where id = '{}'", buyer.id.to_string()));
    tell_one(buyer, Kind::order_ready, "a");
    tell_one(other_buyer, Kind::order_ready, "a");
    api.run_jobs();
    ASSERT_EQ(sent_.size(), 1U);
    EXPECT_EQ(sent_[0].path, "/2010-04-01/Accounts/AC1/Messages.json");
    EXPECT_THAT(sent_[0].body, HasSubstr("To=%2B491701234567&From=%2B15005550006&Body=Shop%20test%3A%20order%20A-1"));
    EXPECT_THAT(sent_[0].body, HasSubstr("https%3A%2F%2Fshop.example%2Forders%2F1"));
    EXPECT_EQ(api.sql("select last_error from notification_sends where status = 'failed'"),
              "the person has no phone number");
}

TEST_F(Notify, ALiveStreamIsToldToTenThousandFollowersInPages) {
    const StoreRow store = make_store();
    api.sql(
        fmt::format("insert into users (tenant_id, email, role, profile) select '{0}', 'f' || n || '@example.com', "
                    "'customer', '{{}}'"
                    "  from generate_series(1, 10000) n;"
                    "insert into store_followers (tenant_id, store_id, user_id) select tenant_id, '{1}', id from users"
                    " where email like 'f%@example.com'",
                    api.tenant_id().to_string(), store.id));
    const std::string stream_id = go_live(store);
    const std::string fact = fmt::format(R"({{"stream_id": "{}"}})", stream_id);
    publish("live.stream_started", fact);
    api.run_jobs();
    EXPECT_EQ(api.sql("select count(*) || ' ' || count(distinct user_id) from notifications"), "10000 10000");
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'notify.tell_followers'"), "20");
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'notify.fan_out'"), "2")
        << "the second finds nobody more";

    // A worker that died after some pages: everything is done once more, and nobody is told twice.
    api.sql(
        "update jobs set status = 'queued', finished_at = null where kind like 'notify.%';"
        "delete from notifications where id in (select id from notifications limit 3000)");
    publish("live.stream_started", fact);
    api.run_jobs();
    EXPECT_EQ(api.sql("select count(*) || ' ' || count(distinct user_id) from notifications"), "10000 10000");
}

TEST_F(Notify, PeopleAreToldOfTheirOwnAccountAndStore) {
    const StoreRow store = make_store();
    const std::string fact = fmt::format(R"({{"user_id": "{}"}})", driver.id.to_string());
    publish("identity.password_changed", fact);
    publish("identity.kyc_decided", fact);
    api.run_jobs();
    EXPECT_THAT(types(driver), ElementsAre("password_changed")) << "nothing is decided yet";
    api.sql(fmt::format("update users set kyc_status = 'rejected' where id = '{}'", driver.id.to_string()));
    publish("identity.kyc_decided", fact);
    api.run_jobs();
    api.sql(fmt::format("update users set kyc_status = 'verified' where id = '{}'", driver.id.to_string()));
    publish("identity.kyc_decided", fact);
    publish("catalog.store_verified", fmt::format(R"({{"store_id": "{}"}})", store.id));
    api.run_jobs();
    EXPECT_THAT(types(driver), ElementsAre("kyc_verified", "kyc_rejected", "password_changed"));
    EXPECT_THAT(types(store.owner), ElementsAre("store_verified"));
    EXPECT_THAT(types(buyer), IsEmpty());
}

TEST_F(Notify, RemindersAreForTheTimeThatStillHolds) {
    const StoreRow store = make_store();
    ASSERT_EQ(api.post("/stores/" + store.id + "/follow", buyer, "").status, 204);
    const std::string stream_id = go_live(store, "scheduled");
    const std::string fact = fmt::format(R"({{"stream_id": "{}"}})", stream_id);
    publish("live.stream_scheduled", fact);
    api.run_jobs();
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'notify.remind' and run_at between"
                      " now() + interval '44 minutes' and now() + interval '46 minutes'"),
              "1");
    api.sql("update live_streams set scheduled_at = scheduled_at + interval '1 day'");
    publish("live.stream_scheduled", fact);
    api.run_jobs();
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'notify.remind'"), "2");
    api.run_all_jobs();
    EXPECT_THAT(types(buyer), ElementsAre("stream_reminder")) << "the first of the two holds no more";
    EXPECT_THAT(types(other_buyer), IsEmpty()) << "who does not follow is not told";
}

TEST_F(Notify, PrivateStreamsAndOtherTenantsFactsAreToldToNobody) {
    const StoreRow store = make_store();
    ASSERT_EQ(api.post("/stores/" + store.id + "/follow", buyer, "").status, 204);
    publish("live.stream_started", fmt::format(R"({{"stream_id": "{}"}})", go_live(store, "live", "private")));
    api.run_jobs();
    EXPECT_THAT(types(buyer), IsEmpty());
    const TenantId other = api.make_tenant("other");
    api.enqueue("notify.stream_started", other, fmt::format(R"({{"stream_id": "{}"}})", go_live(store)));
    api.run_jobs();
    EXPECT_EQ(api.sql("select count(*) from notifications"), "0");
    EXPECT_EQ(api.sql("select last_error from jobs where tenant_id = '" + other.to_string() + "'").substr(0, 21),
              "live.stream_not_found");
    api.sql("delete from jobs where status <> 'done'");
}

}  // namespace
}  // namespace liveshop::notify
