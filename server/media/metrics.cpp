#include "media/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace liveshop::media {
namespace {

struct Metric {
    std::string_view name, help;
    std::uint64_t Counters::* value;
};
constexpr Metric metrics[] = {
    {"datagrams_in", "Datagrams received.", &Counters::datagrams_in},
    {"bytes_in", "Bytes received.", &Counters::bytes_in},
    {"datagrams_out", "Datagrams sent.", &Counters::datagrams_out},
    {"bytes_out", "Bytes sent.", &Counters::bytes_out},
    {"messages_out", "Messages handed to the kernel, each of one or more datagrams.", &Counters::messages_out},
    {"calls_out", "System calls made to send.", &Counters::calls_out},
    {"datagrams_not_sent", "Datagrams the kernel did not take.", &Counters::datagrams_not_sent},
    {"packets_published", "RTP packets from publishers.", &Counters::packets_published},
    {"packets_forwarded", "RTP packets sent to viewers.", &Counters::packets_forwarded},
    {"packets_resent", "RTP packets sent again to viewers.", &Counters::packets_resent},
    {"nacks_in", "Packets viewers asked for again.", &Counters::nacks_in},
    {"nacks_out", "Packets publishers were asked for again.", &Counters::nacks_out},
    {"plis_in", "Key frame requests of viewers.", &Counters::plis_in},
    {"plis_out", "Key frame requests to publishers.", &Counters::plis_out},
    {"feedbacks_out", "Transport-wide feedback packets to publishers.", &Counters::feedbacks_out},
    {"sessions_created", "Offers answered.", &Counters::sessions_created},
    {"sessions_connected", "Sessions that completed DTLS.", &Counters::sessions_connected},
    {"sessions_expired", "Sessions dropped for lack of connectivity checks.", &Counters::sessions_expired},
    {"handshakes_failed", "DTLS handshakes that failed.", &Counters::handshakes_failed},
};

std::size_t connected_publishers(const Router& router) {
    return static_cast<std::size_t>(std::ranges::count_if(router.rooms(), &RoomStatus::publisher_connected));
}

}  // namespace

std::string metrics_text(const Router& router) {
    std::string text;
    auto to = std::back_inserter(text);
    auto gauge = [&](std::string_view name, std::string_view help, std::size_t value) {
        fmt::format_to(to, "# HELP media_{0} {1}\n# TYPE media_{0} gauge\nmedia_{0} {2}\n", name, help, value);
    };
    gauge("rooms", "Rooms with a publisher or a viewer.", router.rooms().size());
    gauge("publishers", "Publishers connected.", connected_publishers(router));
    gauge("viewers", "Viewers, connecting ones included.", router.viewer_count());
    gauge("sessions", "Sessions of both kinds.", router.session_count());
    gauge("recordings", "Rooms that are recorded.", router.recording_count());
    auto& counters = router.counters();
    for (auto& m : metrics)
        fmt::format_to(to, "# HELP media_{0}_total {1}\n# TYPE media_{0}_total counter\nmedia_{0}_total {2}\n", m.name,
                       m.help, counters.*m.value);
    fmt::format_to(to,
                   "# HELP media_recording_dropped_bytes_total Not recorded, since the disk was too slow.\n"
                   "# TYPE media_recording_dropped_bytes_total counter\nmedia_recording_dropped_bytes_total {}\n",
                   router.recording_dropped_bytes());
    text += "# HELP media_dropped_total Datagrams and packets thrown away.\n# TYPE media_dropped_total counter\n";
    for (std::size_t i = 0; i < drop_names.size(); ++i)
        fmt::format_to(to, "media_dropped_total{{reason=\"{}\"}} {}\n", drop_names[i], counters.drops[i]);
    return text;
}

boost::json::object statistics(const Router& router) {
    boost::json::object result{{"rooms", router.rooms().size()},
                               {"publishers", connected_publishers(router)},
                               {"viewers", router.viewer_count()},
                               {"sessions", router.session_count()}};
    auto& counters = router.counters();
    for (auto& m : metrics) result[m.name] = counters.*m.value;
    auto& dropped = result["dropped"].emplace_object();
    for (std::size_t i = 0; i < drop_names.size(); ++i) dropped[drop_names[i]] = counters.drops[i];
    return result;
}

}  // namespace liveshop::media
