#include "platform/realtime/fuzz/packets_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    liveshop::realtime::fuzz::check_packets({data, size});
    return 0;
}
