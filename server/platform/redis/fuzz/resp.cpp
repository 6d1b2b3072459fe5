#include "platform/redis/fuzz/resp_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    liveshop::redis::fuzz::check_resp({data, size});
    return 0;
}
