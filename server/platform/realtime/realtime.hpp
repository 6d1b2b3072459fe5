#pragma once
// Socket.IO for the rest of the server: one hub per thread, rooms across all of them. This is the header to include.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/realtime/counters.hpp"
#include "platform/realtime/handlers.hpp"
#include "platform/realtime/hub.hpp"
#include "platform/realtime/session.hpp"
#include "platform/realtime/settings.hpp"

namespace liveshop::realtime {

// Rooms are plain strings; the caller puts the tenant into them. Destroy it when its io_contexts no longer run.
class Realtime {
  public:
    Realtime(Settings settings, Handlers handlers);

    // Once per thread, before any of them runs.
    Hub& add_hub(boost::asio::io_context& io);

    // All below: from any thread; they take effect on each hub's own thread, in the order of the calls of one thread.

    // payload_json is one valid JSON value, or empty for none. It is framed once, for all receivers. All of them hear
    // the events of all rooms in the same order.
    void emit(std::string_view room, std::string_view event, std::string_view payload_json);
    // Ends every session in the room; its client does not come back by itself.
    void disconnect(std::string_view room, std::string_view reason);
    // Takes everybody who is in the room `selected` (a user's own, say) out of `room`.
    void evict(std::string_view selected, std::string_view room);

    // Sessions in the room, over all threads.
    std::size_t members(std::string_view room) const { return shared_->room_sizes->size(room); }
    // Sessions that lost their connection and are waited for.
    std::size_t suspended() const { return shared_->recovery.suspended(); }
    Totals totals() const;

    // Takes nobody new and closes every session with 1001, on which clients reconnect by themselves; events in hand
    // are answered first. Whoever is left after `grace` is cut off. Done when all are gone.
    awaitable<void> shutdown(std::chrono::milliseconds grace);

  private:
    template <class Function>
    void on_every_hub(Function function);

    std::shared_ptr<Shared> shared_;
    std::vector<std::unique_ptr<Hub>> hubs_;
};

}  // namespace liveshop::realtime
