#pragma once
// A store with its streams, to test in: everything but the sockets and the media server is real.
#include <filesystem>
#include <map>

#include "media/grant.hpp"
#include "modules/catalog/tests/market.hpp"
#include "modules/live/audience.hpp"
#include "modules/live/routes.hpp"
#include "modules/live/snapshots.hpp"
#include "platform/pictures/pictures.hpp"
#include "platform/storage.hpp"

namespace liveshop::live {

using test::code_of;
using test::json_of;
using test::TestUser;

class Studio : public catalog::Market {
  protected:
    /// `more`: jobs beside live's own.
    explicit Studio(const jobs::Table& more = {})
        : Market({.routes = routes(), .constraints = {}, .job_rows = job_rows_and(more)}),
          audience(
              api.io(), api.pool(), [this](std::string_view room) { return sockets_in(room); },
              [this](std::vector<Emission> emissions) { deliver(std::move(emissions)); }),
          store_id(open_store(owner, "mugs")) {
        hire(store_id, staff);
        settings.media_grant_secret = Secret{std::string(grant_secret)};
        settings.recordings_directory = files.path + "/recordings";
        api.services().add<const Settings>(settings);
        api.services().add(audience);
        api.services().add(snapshots);
        api.services().add(storage);
        api.services().add(picture_studio);
    }
    ~Studio() override {
        picture_studio.join();
        storage.join();
    }

    static jobs::Table job_rows_and(const jobs::Table& more) {
        jobs::Table rows = job_rows();
        rows.insert(rows.end(), more.begin(), more.end());
        return rows;
    }
    static constexpr std::string_view grant_secret = "a secret of the tests, 32 bytes or more";

    static std::string path_of(const std::string& stream_id) { return "/streams/" + stream_id; }
    /// Answers the stream's id. `more`: further members, with a comma before each.
    std::string plan(std::string_view more = "") {
        return id_of(api.post("/streams", owner,
                              fmt::format(R"({{"store_id": "{}", "title": "Mugs live"{}}})", store_id, more)));
    }
    http::Response step(TestUser who, const std::string& stream_id, std::string_view name, std::string body = "") {
        return api.post(fmt::format("/streams/{}/{}", stream_id, name), who, std::move(body));
    }
    std::string go_live(std::string_view more = "") {
        std::string stream_id = plan(more);
        EXPECT_EQ(step(owner, stream_id, "start").status, 200);
        return stream_id;
    }
    void set_status(const std::string& stream_id, std::string_view status) {
        api.sql(fmt::format("update live_streams set status = '{}' where id = '{}'", status, stream_id));
    }
    std::string column(const std::string& stream_id, std::string_view name) {
        return api.sql(fmt::format("select {}::text from live_streams where id = '{}'", name, stream_id));
    }

    std::string invite_to(const std::string& stream_id) {
        return std::string(json_of(api.get(path_of(stream_id) + "/invites", owner)).at("token").as_string());
    }
    http::Response change(const std::string& stream_id, std::string_view settings_json) {
        return api.put(path_of(stream_id), owner, fmt::format(R"({{"settings": {}}})", settings_json));
    }
    /// The answer to a GET, as JSON.
    json::value look(TestUser who, const std::string& path) { return json_of(api.get(path, who)); }

    http::Response say(TestUser who, const std::string& stream_id, std::string_view content) {
        return step(who, stream_id, "chat", fmt::format(R"({{"content": "{}"}})", content));
    }
    http::Response react(TestUser who, const std::string& stream_id, std::string_view kind) {
        return step(who, stream_id, "reactions", fmt::format(R"({{"kind": "{}"}})", kind));
    }
    http::Response pin(const std::string& stream_id, const std::string& product_id) {
        return step(owner, stream_id, "pin", fmt::format(R"({{"product_id": "{}"}})", product_id));
    }
    http::Response unpin(const std::string& stream_id, const std::string& product_id) {
        return api.del(fmt::format("/streams/{}/pin/{}", stream_id, product_id), owner);
    }

    /// Rooms that the caller's socket would enter.
    std::vector<std::string> rooms_joined(TestUser who, std::string_view handler, const std::string& stream_id) {
        std::vector<std::string> rooms;
        const std::vector<Route> table = routes();
        const auto route = std::ranges::find(table, handler, &Route::name);
        const json::value input{{"stream_id", stream_id}};
        api.with_ctx(who, [&](Ctx& ctx) -> awaitable<void> {
            co_await route->call(ctx, input);
            rooms = ctx.rooms_joined;
        });
        return rooms;
    }
    /// What was sent of an event, oldest first.
    std::vector<Emission> told(std::string_view event) {
        std::vector<Emission> emissions = api.emissions();
        std::erase_if(emissions, [&](const Emission& emission) { return emission.event != event; });
        return emissions;
    }
    std::string tenant_room() { return "tenant:" + api.tenant_id().to_string(); }
    static std::string stream_room(const std::string& stream_id) { return "stream:" + stream_id; }
    static std::string audience_room(const std::string& stream_id) { return "audience:" + stream_id; }
    static std::string hosts_room(const std::string& stream_id) { return "hosts:" + stream_id; }
    static std::string screens_room(const std::string& stream_id, TestUser who) {
        return "screens:" + stream_id + ":" + who.id.to_string();
    }

    void tell_due() { test::run(api.io(), audience.tell_due()); }
    std::size_t sockets_in(std::string_view room) const {
        const auto found = sockets.find(room);
        return found == sockets.end() ? 0 : found->second;
    }
    virtual void deliver(std::vector<Emission> emissions) {
        for (Emission& emission : emissions) api.emissions().push_back(std::move(emission));
    }

    /// A folder of its own, gone with the test.
    struct Folder {
        std::string path = (std::filesystem::temp_directory_path() / "live-test-XXXXXX").string();
        Folder() { EXPECT_NE(mkdtemp(path.data()), nullptr); }
        Folder(const Folder&) = delete;
        ~Folder() { std::filesystem::remove_all(path); }
    };
    Folder files;
    Storage storage{files.path + "/storage"};
    pictures::Studio picture_studio;
    Settings settings;
    std::map<std::string, std::size_t, std::less<>> sockets;  ///< how many there are in a room
    Audience audience;
    Snapshots snapshots{api.io(), api.pool(), api.services()};
    const std::string store_id;
};

}  // namespace liveshop::live
