// A show that is over, watched again.
#include "media/ebml.hpp"
#include "media/tests/ebml_reader.hpp"
#include "modules/live/recording_files.hpp"
#include "modules/live/tests/on_air.hpp"

namespace liveshop::live {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class Recordings : public OnAir {
  protected:
    /// A show of so many pictures, recorded, ended, and what is to be done with it done.
    std::string show(int frames, std::string_view more = "", bool record = true) {
        const std::string id = go_live(more);
        {
            const Camera camera(media_server, id, false, record);
            EXPECT_TRUE(media::eventually([&] { return camera.frames() >= frames; }));
        }
        EXPECT_EQ(step(owner, id, "end").status, 200);
        return id;
    }
    void finish_jobs() {
        for (int i = 0; i < 3; ++i) api.run_all_jobs();
    }
    json::value recording(const std::string& id, std::string_view query = "") {
        const http::Response answer = get_as_visitor(fmt::format("{}/recording{}", path_of(id), query));
        EXPECT_EQ(answer.status, 200) << answer.body;
        return json_of(answer);
    }
    std::string code(const std::string& id) { return code_of(get_as_visitor(path_of(id) + "/recording")); }
    static std::string url_of(const json::value& recording) {
        return std::string(recording.at("parts").at(0).at("url").as_string());
    }
    http::Response fetch(const std::string& url, std::string_view range, std::int64_t later_s = 0) {
        const std::size_t question = url.find('?');
        const std::array headers{http::HeaderView{"range", range}};
        const http::Request request{.method = "GET",
                                    .path = std::string_view(url).substr(0, question),
                                    .query = std::string_view(url).substr(question + 1),
                                    .body = {},
                                    .headers = std::span(headers).first(range.empty() ? 0 : 1),
                                    .remote_address = {}};
        return serve_recording(settings, request, Timestamp{Timestamp::now().us + later_s * 1'000'000});
    }
    static std::string header_of(const http::Response& response, std::string_view name) {
        const auto found = std::ranges::find(response.headers, name, &http::Header::name);
        return found == response.headers.end() ? "" : found->value;
    }
    std::size_t kept_files() {
        std::size_t count = 0;
        std::error_code none;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(files.path + "/recordings", none))
            count += entry.is_regular_file();
        return count;
    }
    std::size_t files_at_media() {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(media_server.settings.recordings_directory))
            count += entry.is_regular_file();
        return count;
    }
};

TEST_F(Recordings, AreKeptAndPlayed) {
    const std::string id = show(15);
    EXPECT_EQ(recording(id).at("status").as_string(), "processing");
    EXPECT_FALSE(json_of(get_as_visitor(path_of(id))).at("has_recording").as_bool());
    finish_jobs();
    const json::value ready = recording(id);
    EXPECT_EQ(ready.at("status").as_string(), "ready");
    ASSERT_THAT(ready.at("parts").as_array(), SizeIs(1));
    const json::value& part = ready.at("parts").at(0);
    EXPECT_GE(part.at("duration_ms").as_int64(), 1'000);
    EXPECT_EQ(part.at("content_type").as_string(), "video/webm");
    EXPECT_TRUE(json_of(get_as_visitor(path_of(id))).at("has_recording").as_bool());
    EXPECT_EQ(files_at_media(), 0U);

    const http::Response whole = fetch(url_of(ready), "bytes=0-");
    ASSERT_EQ(whole.status, 206);
    const auto size = static_cast<std::size_t>(part.at("size_bytes").as_int64());
    EXPECT_EQ(whole.body.size(), size);
    EXPECT_EQ(whole.content_type, "video/webm");
    EXPECT_EQ(header_of(whole, "Content-Range"), fmt::format("bytes 0-{}/{}", size - 1, size));
    const auto segment = media::read_elements(media::as_bytes(whole.body))[1];
    std::size_t frames = 0;
    for (const media::Element& cluster : media::all(media::read_elements(segment.content), media::ebml::cluster))
        for (const media::Element& block : media::all(media::read_elements(cluster.content), media::ebml::simple_block))
            frames +=
                block.content[0] == 0x81 && media::as_text(block.content.subspan(4)) == fixture("red_and_blue.vp8");
    EXPECT_GE(frames, 14U) << "what the host showed, to the byte";
}

TEST_F(Recordings, AreGivenOutInPieces) {
    const std::string id = show(8);
    finish_jobs();
    const std::string url = url_of(recording(id)), whole = fetch(url, "bytes=0-").body;
    const auto last = whole.size() - 1;
    EXPECT_EQ(fetch(url, "bytes=10-19").body, whole.substr(10, 10));
    EXPECT_EQ(fetch(url, "bytes=-7").body, whole.substr(whole.size() - 7));
    EXPECT_EQ(fetch(url, fmt::format("bytes={}-", last)).body, whole.substr(last));
    EXPECT_EQ(fetch(url, fmt::format("bytes=5-{}", last + 100)).body, whole.substr(5));
    EXPECT_EQ(fetch(url, "").status, 200) << "it is short";
    for (const std::string& wrong :
         {fmt::format("bytes={}-", last + 1), std::string("bytes=9-5"), std::string("bytes=-"),
          std::string("bytes=a-b"), std::string("bytes=0-1,5-6"), std::string("pages=1-2")}) {
        EXPECT_EQ(fetch(url, wrong).status, 416) << wrong;
        EXPECT_EQ(header_of(fetch(url, wrong), "Content-Range"), fmt::format("bytes */{}", whole.size()));
    }
    const std::string path = settings.recordings_directory + "/" + url.substr(12, url.find('?') - 12);
    std::filesystem::resize_file(path, 5 << 20);
    EXPECT_EQ(fetch(url, "bytes=0-").body.size(), 2U << 20U) << "two megabytes at a time";
    EXPECT_EQ(header_of(fetch(url, "bytes=100-"), "Content-Range"),
              fmt::format("bytes 100-{}/{}", 99 + (2 << 20), 5 << 20));
    EXPECT_EQ(fetch(url, "").status, 416);
}

TEST_F(Recordings, ALinkIsSignedAndExpires) {
    const std::string id = show(8);
    finish_jobs();
    const std::string url = url_of(recording(id));
    EXPECT_THAT(url, StartsWith("/recordings/" + api.tenant_id().to_string() + "/"));
    EXPECT_EQ(fetch(url, "bytes=0-", settings.recording_link_ttl_s.value - 5).status, 206);
    EXPECT_EQ(fetch(url, "bytes=0-", settings.recording_link_ttl_s.value + 1).status, 410);
    std::string other_file = url, longer = url, unsigned_one = url;
    other_file[14] = other_file[14] == '0' ? '1' : '0';
    const std::size_t expires = longer.find("expires=") + 8;
    longer[expires + 4] = '9';
    unsigned_one.back() = unsigned_one.back() == '0' ? '1' : '0';
    for (const std::string& forged :
         {other_file, longer, unsigned_one, url.substr(0, url.find('&')), url + "&signature=1",
          url.substr(0, url.find('?')) + "?", std::string("/recordings/x?")})
        EXPECT_EQ(fetch(forged, "bytes=0-").status, 404) << forged;
    settings.media_grant_secret = Secret{std::string("another secret of the tests, 32 bytes")};
    EXPECT_EQ(fetch(url, "bytes=0-").status, 404);
}

TEST_F(Recordings, DeletedAreGoneForGood) {
    const std::string id = show(8);
    finish_jobs();
    const std::string url = url_of(recording(id));
    const std::string path = path_of(id) + "/recording";
    EXPECT_EQ(code_of(api.del(path, customer)), "forbidden");
    EXPECT_EQ(code_of(api.del(path, other_owner)), "catalog.not_your_store");
    EXPECT_EQ(kept_files(), 1U);
    EXPECT_EQ(api.del(path, owner).status, 204);
    EXPECT_EQ(code(id), "live.recording_not_found");
    EXPECT_FALSE(json_of(get_as_visitor(path_of(id))).at("has_recording").as_bool());
    finish_jobs();
    EXPECT_EQ(kept_files(), 0U);
    EXPECT_EQ(fetch(url, "bytes=0-").status, 404) << "a link that somebody still has leads nowhere";
    EXPECT_EQ(code_of(api.del(path, owner)), "live.recording_not_found");
}

TEST_F(Recordings, DeletedBeforeTheyWereKeptAreThrownAway) {
    const std::string id = show(8);
    EXPECT_EQ(api.del(path_of(id) + "/recording", owner).status, 204);
    finish_jobs();
    EXPECT_EQ(files_at_media(), 0U);
    EXPECT_EQ(kept_files(), 0U);
    EXPECT_EQ(code(id), "live.recording_not_found");
}

TEST_F(Recordings, AreMadeOnlyWhereTheHostWantsThem) {
    const std::string id = plan(R"(, "settings": {"recording_enabled": false})");
    const json::value started = json_of(step(owner, id, "start"));
    const auto record = [](const json::value& answer) {
        const auto grant = media::verify(answer.at("grant").as_string(), grant_secret, Timestamp::now().us / 1'000'000);
        return grant && grant->record;
    };
    EXPECT_FALSE(record(started));
    step(owner, id, "end");
    EXPECT_EQ(code(id), "live.recording_not_found");
    const std::string recorded = plan();
    EXPECT_TRUE(record(json_of(step(owner, recorded, "start"))));
    EXPECT_FALSE(record(json_of(step(customer, recorded, "join"))));
    step(owner, recorded, "end");
    finish_jobs();
    EXPECT_EQ(code(recorded), "live.recording_not_found") << "nothing was shown";
}

TEST_F(Recordings, AJobThatRunsAgainDoesNoHarm) {
    const std::string id = show(8);
    finish_jobs();
    const json::value first = recording(id);
    run("live.keep_recording", id);
    EXPECT_EQ(recording(id).at("parts").at(0).at("size_bytes"), first.at("parts").at(0).at("size_bytes"));
    EXPECT_EQ(recording(id).at("status").as_string(), "ready");
    EXPECT_EQ(kept_files(), 1U);

    // As if a worker had ended between keeping the file and saying so.
    const std::string again = show(8);
    std::filesystem::create_directories(files.path + "/kept");
    api.run_jobs();
    ASSERT_EQ(files_at_media(), 1U);
    for (const auto& entry : std::filesystem::directory_iterator(media_server.settings.recordings_directory))
        std::filesystem::copy_file(entry.path(), files.path + "/kept/" + entry.path().filename().string());
    finish_jobs();
    api.sql("delete from recording_files; update recordings set status = 'processing', ready_at = null; select 1");
    for (const auto& entry : std::filesystem::directory_iterator(files.path + "/kept"))
        std::filesystem::copy_file(entry.path(),
                                   media_server.settings.recordings_directory + "/" + entry.path().filename().string());
    run("live.keep_recording", again);
    EXPECT_EQ(recording(again).at("status").as_string(), "ready");
    EXPECT_EQ(kept_files(), 2U);
}

TEST_F(Recordings, OfPrivateShowsAreForThoseInvited) {
    const std::string id = show(8, R"(, "type": "private")");
    finish_jobs();
    EXPECT_EQ(code(id), "live.stream_not_found");
    EXPECT_EQ(recording(id, "?invite=" + invite_to(id)).at("status").as_string(), "ready");
    EXPECT_EQ(code_of(api.del(path_of(id) + "/recording", other_owner)), "live.stream_not_found");
}

TEST_F(Recordings, TellWhatWasPinnedWhen) {
    const std::string id = go_live(), mug = add_product(owner, store_id, "Mug"),
                      cup = add_product(owner, store_id, "Cup");
    pin(id, mug);
    pin(id, cup);
    unpin(id, mug);
    pin(id, mug);
    pin(id, mug);  // moved to the front, not pinned anew
    step(owner, id, "end");
    const json::array pins = recording(id).at("pins").as_array();
    ASSERT_THAT(pins, SizeIs(3));
    EXPECT_EQ(pins[0].at("product").at("name").as_string(), "Mug");
    EXPECT_EQ(pins[1].at("product").at("name").as_string(), "Cup");
    const auto time = [&](std::size_t i, std::string_view member) {
        return Timestamp::parse(pins[i].at(member).as_string()).value();
    };
    EXPECT_LT(time(0, "pinned_at"), time(0, "unpinned_at"));
    EXPECT_LT(time(0, "unpinned_at"), time(2, "pinned_at"));
    EXPECT_LE(time(1, "pinned_at"), time(2, "unpinned_at")) << "the end of the show takes all down";
    const std::string before = "?after=2020-01-01T00:00:00Z";
    EXPECT_THAT(each("id", "messages", get_as_visitor(path_of(id) + "/chat" + before)), IsEmpty());
}

TEST_F(Recordings, TheChatIsReadForward) {
    const std::string id = go_live();
    for (const std::string_view text : {"One", "Two", "Three"}) say(customer, id, text);
    const json::array all = json_of(get_as_visitor(path_of(id) + "/chat")).at("messages").as_array();
    const std::string after(all[0].at("created_at").as_string());
    EXPECT_EQ(each("content", "messages", get_as_visitor(path_of(id) + "/chat?after=" + after)),
              (std::vector<std::string>{"Two", "Three"}));
}

}  // namespace
}  // namespace liveshop::live
