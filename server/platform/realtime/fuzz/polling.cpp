#include "platform/realtime/fuzz/polling_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    liveshop::realtime::fuzz::check_polling_input({data, size});
    return 0;
}
