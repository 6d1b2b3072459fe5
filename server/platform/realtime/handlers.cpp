#include "platform/realtime/handlers.hpp"

#include <fmt/format.h>

namespace liveshop::realtime {

boost::json::value error_ack(int status, std::string_view code, std::string_view title) {
    return boost::json::object{
        {"ok", false},
        {"error",
         boost::json::object{
             {"type", fmt::format("urn:liveshop:{}", code)}, {"title", title}, {"status", status}, {"code", code}}}};
}

}  // namespace liveshop::realtime
