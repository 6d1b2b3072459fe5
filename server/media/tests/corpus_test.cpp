// Replays what the fuzzers start from, and every input that once broke something.
#include <gtest/gtest.h>

#include "media/fuzz/targets.hpp"
#include "media/tests/fixture.hpp"

namespace liveshop::media {
namespace {

TEST(Corpus, EveryFileKeepsThePromises) {
    for (auto& target : fuzz::targets) {
        int files = 0;
        for (auto& entry : std::filesystem::directory_iterator(media_folder() / "fuzz/corpus" / target.name)) {
            auto data = read_file(entry.path());
            SCOPED_TRACE(entry.path().filename());
            target.run(as_bytes(data));
            ++files;
        }
        EXPECT_GE(files, 3) << target.name;
    }
}

}  // namespace
}  // namespace liveshop::media
