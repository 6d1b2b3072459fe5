#pragma once
// A studio with a real media server, and a host whose camera shows the same picture again and again.
#include <atomic>
#include <fstream>
#include <thread>

#include "media/tests/media_client.hpp"
#include "modules/live/tests/studio.hpp"

namespace liveshop::live {

/// A file of tests/fixtures.
inline std::string fixture(std::string_view name) {
    const std::filesystem::path folder = std::filesystem::path(__FILE__).parent_path() / "fixtures";
    std::ifstream file(folder / name, std::ios::binary);
    EXPECT_TRUE(file) << name;
    return {std::istreambuf_iterator<char>(file), {}};
}

class OnAir : public Studio {
  protected:
    OnAir() { settings.media_control_socket = media_server.settings.control_socket; }

    /// Sends key frames and sound, ten a second, until it is destroyed.
    class Camera {
      public:
        Camera(media::TestServer& server, const std::string& room, bool h264 = false, bool record = true)
            : client_(server, room, media::Action::publish, h264 ? "H264/90000" : "VP8/90000") {
            client_.record = record;
            client_.connect();
            const std::string frame = fixture(h264 ? "red_and_blue.h264" : "red_and_blue.vp8");
            if (h264)
                split(frame);
            else
                packets_ = {media::Datagram{0x10}};
            if (!h264) packets_[0].insert(packets_[0].end(), frame.begin(), frame.end());
            thread_ = std::thread([this] { run(); });
        }
        Camera(const Camera&) = delete;
        ~Camera() {
            stopping_ = true;
            thread_.join();
        }
        int frames() const { return frames_; }

      private:
        // The units between start codes, each a packet of its own.
        void split(const std::string& stream) {
            for (std::size_t at = stream.find(std::string("\0\0\1", 3)); at != stream.npos;) {
                const std::size_t next = stream.find(std::string("\0\0\1", 3), at + 3);
                std::string unit = stream.substr(at + 3, next == stream.npos ? next : next - at - 3);
                while (unit.ends_with('\0')) unit.pop_back();
                packets_.emplace_back(unit.begin(), unit.end());
                at = next;
            }
        }
        void run() {
            std::uint16_t sequence = 0;
            for (std::uint32_t number = 0; !stopping_; ++number) {
                for (std::size_t i = 0; i < packets_.size(); ++i)
                    client_.send_rtp(media::MediaClient::video_ssrc, 96, sequence++, number * 9'000,
                                     i + 1 == packets_.size(), packets_[i]);
                for (std::uint32_t i = 0; i < 5; ++i) {
                    const std::uint32_t sound = number * 5 + i;
                    client_.send_rtp(media::MediaClient::audio_ssrc, 111, static_cast<std::uint16_t>(sound),
                                     sound * 960, false, media::Datagram{0x78, 1, 2});
                }
                ++frames_;
                client_.wait_for(std::chrono::milliseconds(100));
            }
        }

        media::MediaClient client_;
        std::vector<media::Datagram> packets_;
        std::atomic<bool> stopping_ = false;
        std::atomic<int> frames_ = 0;
        std::thread thread_;
    };

    void run(std::string_view kind, const std::string& stream_id) {
        api.enqueue(kind, api.tenant_id(), fmt::format(R"({{"stream_id": "{}"}})", stream_id));
        api.run_jobs();
        EXPECT_EQ(api.sql(fmt::format("select coalesce(string_agg(last_error, ' '), '') from jobs"
                                      " where kind = '{}' and status <> 'done' and run_at <= now()",
                                      kind)),
                  "");
    }

    media::TestServer media_server;
};

}  // namespace liveshop::live
