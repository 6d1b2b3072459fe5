// Pictures of what is on, from the host's key frames.
#include "modules/live/stills.hpp"

#include "modules/live/filter_process.hpp"
#include "modules/live/tests/on_air.hpp"

namespace liveshop::live {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

class Stills : public OnAir {
  protected:
    std::string bytes_of(std::string_view url) {
        std::ifstream file(files.path + "/storage/" + std::string(url.substr(std::string_view("/files/").size())),
                           std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    std::string thumbnail(const std::string& id) {
        const json::value stream = json_of(get_as_visitor(path_of(id)));
        const json::value* url = stream.as_object().if_contains("thumbnail_url");
        return url ? std::string(url->as_string()) : std::string();
    }
};

TEST_F(Stills, AreOfWhatTheHostShows) {
    for (const bool h264 : {false, true}) {
        const std::string id = go_live();
        const Camera camera(media_server, id, h264);
        run("live.take_picture", id);
        const std::string url = thumbnail(id);
        EXPECT_THAT(url, MatchesRegex("/files/[-0-9a-f]+/[0-9a-f]+\\.webp")) << (h264 ? "H.264" : "VP8");
        const auto picture = pictures::develop_now(bytes_of(url), 720);
        ASSERT_TRUE(picture);
        EXPECT_EQ(picture->width, 320);
        EXPECT_EQ(picture->height, 180);
        EXPECT_EQ(json_of(get_as_visitor("/streams")).at("streams").at(0).at("thumbnail_url").as_string(), url);
    }
}

TEST_F(Stills, AreTakenOfEveryStreamThatIsLiveAndReplaced) {
    const std::string id = go_live(), silent = go_live();
    api.sql(fmt::format("update live_streams set thumbnail_url = '/files/{}/old.webp' where id = '{}'",
                        api.tenant_id().to_string(), id));
    const Camera camera(media_server, id);
    api.enqueue("live.take_pictures", api.tenant_id());
    api.run_jobs();
    EXPECT_THAT(thumbnail(id), HasSubstr(".webp"));
    EXPECT_THAT(thumbnail(id), ::testing::Not(HasSubstr("old")));
    EXPECT_EQ(thumbnail(silent), "") << "nobody publishes there";
    EXPECT_EQ(api.sql("select payload->>'url' from jobs where kind = 'live.remove_picture'"),
              fmt::format("/files/{}/old.webp", api.tenant_id().to_string()));
    const std::string kept = thumbnail(id);
    api.sql(
        fmt::format("insert into jobs (tenant_id, kind, payload) values ('{}', 'live.remove_picture',"
                    " '{{\"url\": \"{}\"}}')",
                    api.tenant_id().to_string(), kept));
    api.run_all_jobs();
    EXPECT_FALSE(bytes_of(kept).empty()) << "it is shown";
}

TEST_F(Stills, TheFirstIsTakenSoonAfterTheStart) {
    go_live();
    EXPECT_EQ(api.sql("select count(*) from jobs where kind = 'live.take_picture' and run_at < now() + interval '5 s'"),
              "1");
}

TEST_F(Stills, WhatCannotBeDecodedIsNoPicture) {
    const auto still = [&](std::string bytes) { return test::run(api.io(), webp_of_h264(settings, std::move(bytes))); };
    EXPECT_TRUE(still(fixture("red_and_blue.h264")));
    EXPECT_FALSE(still(""));
    EXPECT_FALSE(still(std::string(100'000, 'x')));
    EXPECT_FALSE(still(fixture("red_and_blue.h264").substr(0, 40)));
    EXPECT_FALSE(still(std::string(9 << 20, '\0'))) << "longer than a frame may be";
    settings.still_program = files.path + "/missing";
    EXPECT_FALSE(still(fixture("red_and_blue.h264")));
    EXPECT_FALSE(pictures::develop_now(webp_of_vp8("no key frame"), 720));
}

TEST_F(Stills, AProgramIsBoundInTimeAndOutput) {
    const auto run_program = [&](std::string program, FilterLimits limits) {
        return test::run(api.io(), filter(std::move(program), "input", limits));
    };
    const auto same = run_program("/usr/bin/cat", {});
    ASSERT_TRUE(same);
    EXPECT_EQ(*same, "input");
    EXPECT_THAT(run_program("/usr/bin/yes", {.time = std::chrono::seconds(5), .output_bytes = 1'000}).error(),
                HasSubstr("too much"));
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_THAT(run_program("/usr/bin/yes", {.time = std::chrono::milliseconds(50), .output_bytes = 1U << 31U}).error(),
                HasSubstr("too long"));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
    EXPECT_THAT(run_program("/usr/bin/false", {}).error(), HasSubstr("ended with 1"));
    EXPECT_THAT(run_program("/nowhere", {}).error(), HasSubstr("No such file"));
}

}  // namespace
}  // namespace liveshop::live
