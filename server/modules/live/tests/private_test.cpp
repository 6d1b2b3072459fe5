// Private shows are there for whoever has the link, and for their own people.
#include <set>

#include "modules/live/tests/studio.hpp"

namespace liveshop::live {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PrivateShow : public Studio {
  protected:
    PrivateShow() : id(go_live(R"(, "type": "private")")), token(invite_to(id)) { api.emissions().clear(); }

    /// Codes of everything that a viewer may do, with `invite` in it.
    std::set<std::string> codes(std::optional<TestUser> who, const std::string& invite) {
        const std::string query = invite.empty() ? "" : "?invite=" + invite;
        const std::string member = invite.empty() ? "" : fmt::format(R"(, "invite": "{}")", invite);
        const std::string product = add_product(owner, store_id, "Mug");
        std::vector<test::TestCall> calls{
            {"GET", path_of(id) + query, who, "", ""},
            {"GET", path_of(id) + "/chat" + query, who, "", ""},
            {"POST", path_of(id) + "/join", who, "{" + (member.empty() ? "" : member.substr(2)) + "}", ""},
            {"POST", path_of(id) + "/reactions", who, R"({"kind": "heart")" + member + "}", ""},
        };
        if (who) {
            calls.push_back({"POST", path_of(id) + "/chat", who, R"({"content": "Hello")" + member + "}", ""});
            calls.push_back({"POST", path_of(id) + "/product-requests", who,
                             fmt::format(R"({{"product_id": "{}"{}}})", product, member), ""});
            calls.push_back({"POST", "/reports", who,
                             fmt::format(R"({{"kind": "stream", "stream_id": "{}", "reason": "spam"{}}})", id, member),
                             ""});
        }
        std::set<std::string> all;
        for (test::TestCall& call : calls) {
            const http::Response answer = api.call(std::move(call));
            all.insert(answer.status < 300 ? "ok" : code_of(answer));
        }
        return all;
    }

    const std::string id, token;
};

TEST_F(PrivateShow, IsNotThereWithoutItsToken) {
    for (const std::string& wrong : {std::string(), std::string("guessed"), token.substr(1)}) {
        EXPECT_THAT(codes(customer, wrong), ElementsAre("live.stream_not_found")) << wrong;
        EXPECT_THAT(codes(other_owner, wrong), ElementsAre("live.stream_not_found")) << wrong;
        EXPECT_THAT(codes(std::nullopt, wrong), ElementsAre("live.stream_not_found")) << wrong;
    }
    EXPECT_EQ(step(customer, id, "leave").status, 204) << "leaving tells nothing";
    EXPECT_EQ(code_of(step(customer, id, "recording")), "method_not_allowed");
    EXPECT_EQ(code_of(api.get(path_of(id) + "/recording", customer)), "live.stream_not_found");
    EXPECT_EQ(code_of(step(other_owner, id, "end")), "live.stream_not_found");
    EXPECT_EQ(code_of(api.get(path_of(id) + "/mutes", customer)), "live.stream_not_found");
    EXPECT_THAT(each("id", "streams", get_as_visitor("/streams")), IsEmpty());
    tell_due();
    EXPECT_EQ(api.sql("select count(*) from stream_participants"), "0");
}

TEST_F(PrivateShow, IsThereWithItAndForItsPeople) {
    EXPECT_THAT(codes(customer, token), ElementsAre("ok"));
    EXPECT_THAT(codes(std::nullopt, token), ElementsAre("ok"));
    EXPECT_THAT(codes(owner, ""), ElementsAre("ok"));
    EXPECT_THAT(codes(staff, ""), ElementsAre("ok"));
    EXPECT_THAT(codes(admin, ""), ElementsAre("ok"));
    EXPECT_FALSE(look(owner, path_of(id)).as_object().contains("invite_token")) << "only /invites has it";
}

TEST_F(PrivateShow, ItsSocketEventsAskForItAsWell) {
    const std::vector<Route> table = routes();
    for (const std::string_view event :
         {"stream:join", "stream:message", "stream:reaction", "stream:product:request"}) {
        const auto route = std::ranges::find(table, event, &Route::event);
        ASSERT_NE(route, table.end()) << event;
        EXPECT_EQ(std::ranges::count(route->fields, "invite", &FieldShape::name), 1) << event;
    }
    EXPECT_ANY_THROW(rooms_joined(customer, "join_stream", id));
}

TEST_F(PrivateShow, ANewLinkMakesTheOldOneWorthless) {
    const http::Response renewed = step(owner, id, "invites");
    ASSERT_EQ(renewed.status, 201) << renewed.body;
    const std::string fresh(json_of(renewed).at("token").as_string());
    EXPECT_NE(fresh, token);
    EXPECT_GE(fresh.size(), 32U);
    EXPECT_EQ(json_of(renewed).at("path").as_string(), fmt::format("/live/{}?invite={}", id, fresh));
    EXPECT_EQ(invite_to(id), fresh);
    EXPECT_THAT(codes(customer, token), ElementsAre("live.stream_not_found"));
    EXPECT_THAT(codes(customer, fresh), ElementsAre("ok"));
    EXPECT_EQ(code_of(step(customer, id, "invites")), "forbidden");
    EXPECT_NE(invite_to(go_live(R"(, "type": "private")")), fresh) << "each has its own";
}

TEST_F(PrivateShow, TheStoresOwnListHasItAndWhatIsPast) {
    const std::string past = plan(), planned = plan(R"(, "scheduled_at": "2031-01-01T10:00:00Z")"), off = plan();
    set_status(past, "ended");
    set_status(off, "cancelled");
    const auto listed = [&](std::optional<TestUser> who, std::string_view query = "") {
        const std::string path = fmt::format("/stores/{}/streams{}", store_id, query);
        std::vector<std::string> ids = each("id", "streams", api.call({"GET", path, who, "", ""}));
        return std::set<std::string>(ids.begin(), ids.end());
    };
    EXPECT_EQ(listed(owner), (std::set{id, past, planned, off}));
    EXPECT_EQ(listed(staff, "?status=cancelled"), (std::set{off}));
    EXPECT_EQ(listed(admin), listed(owner));
    for (const std::optional<TestUser>& who :
         {std::optional<TestUser>(), std::optional(customer), std::optional(other_owner)})
        EXPECT_EQ(listed(who), (std::set{past, planned}));
    EXPECT_EQ(each("id", "streams", api.get(fmt::format("/stores/{}/streams", store_id), owner)).front(), planned)
        << "the last one first";
    EXPECT_EQ(code_of(api.get("/stores/" + Uuid::make().to_string() + "/streams", owner)), "catalog.store_not_found");
}

TEST_F(PrivateShow, IsPublicOnceItsHostSaysSo) {
    const std::string planned = plan(R"(, "type": "private", "scheduled_at": "2031-01-01T10:00:00Z")");
    EXPECT_EQ(code_of(get_as_visitor(path_of(planned))), "live.stream_not_found");
    EXPECT_EQ(api.put(path_of(planned), owner, R"({"type": "public"})").status, 200);
    EXPECT_EQ(get_as_visitor(path_of(planned)).status, 200);
    EXPECT_EQ(code_of(api.put(path_of(id), owner, R"({"type": "public"})")), "live.stream_started");
    EXPECT_EQ(code_of(api.put(path_of(id), owner, R"({"scheduled_at": "2031-01-01T10:00:00Z"})")),
              "live.stream_started");
}

}  // namespace
}  // namespace liveshop::live
