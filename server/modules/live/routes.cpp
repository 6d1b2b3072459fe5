#include "modules/live/routes.hpp"

#include "modules/live/types.hpp"

namespace liveshop::live {

std::vector<Route> routes() {
    return stream_routes() + stream_list_routes() + watching_routes() + product_routes() + chat_routes() +
           moderation_routes() + report_routes() + people_routes() + recording_routes();
}

std::vector<LeavingRow> leaving_rows() { return {{audience_prefix, "stream:leave", "stream_id"}}; }

}  // namespace liveshop::live
