#include "media/fuzz/targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    liveshop::media::fuzz::frames({data, size});
    return 0;
}
