#include "media/control_client.hpp"
#include "modules/live/routes.hpp"
#include "modules/live/store.hpp"

namespace liveshop::live {
namespace {

// The media server holds no connection of ours while it closes the room, and closing a closed one does no harm. Whoever
// came while the stream ended is signed off then.
awaitable<void> close_room(Ctx& ctx, StreamOf in) {
    const Settings& settings = ctx.services.get<const Settings>();
    boost::json::object command{{"command", "close_room"}, {"room", in.stream_id.to_string()}};
    co_await media::call(settings.media_control_socket, std::move(command));
    co_await ctx.tx.run(sign_off_all, in.stream_id);
}

}  // namespace

jobs::Table job_rows() { return {jobs::job<close_room>("live.close_room")}; }

}  // namespace liveshop::live
