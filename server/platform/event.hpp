#pragma once
// What leaves for sockets, each event with the struct that it carries:
//
//     inline const Event<Message> message_sent{"stream:message", "Somebody said something"};
//     ctx.emit(room_of(stream_id), message_sent, message);
#include <string>
#include <string_view>
#include <vector>

#include "platform/shape/encode.hpp"
#include "platform/shape/schema.hpp"

namespace liveshop {

/// An event for the sockets in a room; it leaves after the commit.
struct Emission {
    std::string room;
    std::string event;
    std::string payload;  ///< JSON
};

/// What is known of an event without its C++ type.
struct EventInfo {
    std::string name;
    std::string summary;
    std::string payload_type;
    json::value (*schema)(Schemas&) = nullptr;
};

/// Every event of the program, by name.
std::vector<EventInfo> registered_events();
/// Throws std::logic_error where the name has another payload already.
void register_event(EventInfo info);

/// Constructing one registers it, so that the AsyncAPI document has every event of the program.
template <class Payload>
class Event {
  public:
    Event(std::string_view name, std::string_view summary) : name_(name) {
        register_event({std::string(name), std::string(summary), type_name<Payload>(),
                        [](Schemas& schemas) { return schemas.of<Payload>(); }});
    }

    const std::string& name() const { return name_; }
    Emission to(std::string room, const Payload& payload) const { return {std::move(room), name_, to_json(payload)}; }

  private:
    std::string name_;
};

}  // namespace liveshop
