// The fuzzers' corpora, replayed in every test run.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "platform/realtime/fuzz/packets_input.hpp"
#include "platform/realtime/fuzz/polling_input.hpp"
#include "platform/realtime/fuzz/websocket_input.hpp"

namespace liveshop::realtime {
namespace {

namespace fs = std::filesystem;

// Runs a check, which aborts on a fault, over every file of a corpus; returns how many there were.
template <class Check>
int replay(std::string_view corpus, Check check) {
    int files = 0;
    for (const auto& entry :
         fs::directory_iterator(fs::path(__FILE__).parent_path().parent_path() / "fuzz/corpus" / corpus)) {
        std::ifstream file(entry.path(), std::ios::binary);
        const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), {});
        check(std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
        ++files;
    }
    return files;
}

TEST(Corpus, WebsocketFrames) { EXPECT_GE(replay("websocket", fuzz::check_websocket), 10); }

TEST(Corpus, Packets) { EXPECT_GE(replay("packets", fuzz::check_packets), 10); }

TEST(Corpus, PollingRequests) { EXPECT_GE(replay("polling", fuzz::check_polling_input), 10); }

}  // namespace
}  // namespace liveshop::realtime
