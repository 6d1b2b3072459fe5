#include "app/bus.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "platform/log.hpp"

namespace liveshop::app {
namespace {

constexpr std::string_view events_channel = "liveshop_events";
constexpr std::size_t piece_size = 7'000;
constexpr std::size_t unfinished_max = 1'000;

inline const db::Query<std::int64_t(std::string, std::string)> notify{"app.notify", R"(
    select count(pg_notify($1, $2))
)"};

struct Event {
    std::string room, event, payload;
};
BOOST_DESCRIBE_STRUCT(Event, (), (room, event, payload))

// Cut between two characters: half a character is no text to PostgreSQL.
std::string_view first_piece(std::string_view text) {
    std::size_t size = std::min(piece_size, text.size());
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
    return text.substr(0, size);
}

awaitable<void> notify_all(db::Pool& pool, std::string channel, std::vector<std::string> messages) {
    try {
        db::Transaction tx = pool.transaction({});
        for (const std::string& message : messages) co_await tx.one(notify, channel, message);
        co_await tx.commit();
    } catch (const db::Error& error) {
        log::warning("nobody was notified", {{"channel", channel}, {"error", error.what()}});
    }
}

}  // namespace

// A message is "<id> more|last <text>".
void BusSender::send(std::vector<Emission> emissions) {
    std::vector<std::string> messages;
    for (Emission& emission : emissions) {
        const std::string id = Uuid::make().to_string();
        const std::string text =
            to_json(Event{std::move(emission.room), std::move(emission.event), std::move(emission.payload)});
        std::string_view rest = text;
        while (!rest.empty()) {
            const std::string_view piece = first_piece(rest);
            rest.remove_prefix(piece.size());
            messages.push_back(fmt::format("{} {} {}", id, rest.empty() ? "last" : "more", piece));
        }
    }
    boost::asio::co_spawn(io_, notify_all(pool_, std::string(events_channel), std::move(messages)),
                          boost::asio::detached);
}

BusReceiver::BusReceiver(boost::asio::io_context& io, std::string dsn, Hear hear)
    : hear_(std::move(hear)), listener_(io, std::move(dsn), [this] { unfinished_.clear(); }) {
    listener_.listen(std::string(events_channel), [this](std::string_view piece) { on_piece(piece); });
}

void BusReceiver::on_piece(std::string_view piece) {
    const std::size_t id_end = piece.find(' ');
    const std::size_t left_end = id_end == piece.npos ? piece.npos : piece.find(' ', id_end + 1);
    if (left_end == piece.npos) return;
    const std::string_view id = piece.substr(0, id_end);
    const bool last = piece.substr(id_end + 1, left_end - id_end - 1) == "last";
    if (unfinished_.size() >= unfinished_max) unfinished_.clear();
    std::string& text = unfinished_[std::string(id)];
    text += piece.substr(left_end + 1);
    if (!last) return;
    try {
        Event event = decode<Event>(json::parse(text));
        std::vector<Emission> emissions;
        emissions.push_back({std::move(event.room), std::move(event.event), std::move(event.payload)});
        hear_(std::move(emissions));
    } catch (const std::exception& error) {
        log::warning("an event was not understood", {{"error", error.what()}});
    }
    unfinished_.erase(unfinished_.find(id));
}

void WorkerCall::wake() {
    if (due_) return;
    due_ = true;
    timer_.expires_after(std::chrono::milliseconds(5));
    timer_.async_wait([this](boost::system::error_code error) {
        due_ = false;
        if (error) return;
        boost::asio::co_spawn(io_, notify_all(pool_, std::string(jobs_channel), {""}), boost::asio::detached);
    });
}

}  // namespace liveshop::app
