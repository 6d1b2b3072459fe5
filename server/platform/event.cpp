#include "platform/event.hpp"

#include <map>
#include <mutex>
#include <stdexcept>

namespace liveshop {
namespace {

struct Registry {
    std::mutex mutex;
    std::map<std::string, EventInfo, std::less<>> events;
};

Registry& registry() {
    static Registry instance;
    return instance;
}

}  // namespace

void register_event(EventInfo info) {
    Registry& all = registry();
    const std::scoped_lock lock(all.mutex);
    const auto [known, added] = all.events.try_emplace(info.name, info);
    if (!added && (known->second.payload_type != info.payload_type || known->second.summary != info.summary))
        throw std::logic_error("two different events are named " + info.name);
}

std::vector<EventInfo> registered_events() {
    Registry& all = registry();
    const std::scoped_lock lock(all.mutex);
    std::vector<EventInfo> list;
    for (const auto& [name, info] : all.events) list.push_back(info);
    return list;
}

}  // namespace liveshop
