#include "app/bus.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <deque>

#include "platform/log.hpp"

namespace liveshop::app {
namespace {

constexpr std::string_view events_channel = "liveshop_events";
constexpr std::size_t piece_size = 7'000;
constexpr std::size_t pieces_per_transaction_max = 100;
constexpr std::size_t waiting_bytes_max = 8 * 1024 * 1024;
constexpr std::size_t event_bytes_max = 2 * 1024 * 1024;
constexpr std::size_t unfinished_max = 100;

inline const db::Query<std::int64_t(std::string, std::string)> notify{"app.notify", R"(
    select count(pg_notify($1, $2))
)"};

// Cut between two characters: half a character is no text to PostgreSQL.
std::string_view first_piece(std::string_view text) {
    if (text.size() <= piece_size) return text;
    std::size_t size = piece_size;
    const auto continues = [&] { return (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80; };
    while (size > piece_size - 4 && continues()) --size;  // a character has at most four bytes
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

struct BusSender::State {
    State(boost::asio::io_context& io_, db::Pool& pool_) : io(io_), pool(pool_) {}

    void add(std::string message) {
        waiting_bytes += message.size();
        waiting.push_back(std::move(message));
        if (waiting_bytes > waiting_bytes_max) log::warning("events for NOTIFY wait too long: the oldest are dropped");
        while (waiting_bytes > waiting_bytes_max) take();
    }
    std::string take() {
        std::string message = std::move(waiting.front());
        waiting.pop_front();
        waiting_bytes -= message.size();
        return message;
    }

    boost::asio::io_context& io;
    db::Pool& pool;
    std::deque<std::string> waiting;
    std::size_t waiting_bytes = 0;
    bool is_sending = false;
};

BusSender::BusSender(boost::asio::io_context& io, db::Pool& pool) : state_(std::make_shared<State>(io, pool)) {}

// A message is "<id> <number of the piece> more|last <piece>": without the number PostgreSQL would take two like pieces
// of one transaction for the same notification, and send one.
void BusSender::send(std::vector<Emission> emissions) {
    for (Emission& emission : emissions) {
        const std::string id = Uuid::make().to_string();
        const std::string text = to_json(event_of(std::move(emission)));
        std::string_view rest = text;
        for (std::size_t number = 0; !rest.empty(); ++number) {
            const std::string_view piece = first_piece(rest);
            rest.remove_prefix(piece.size());
            state_->add(fmt::format("{} {} {} {}", id, number, rest.empty() ? "last" : "more", piece));
        }
    }
    if (state_->waiting.empty() || std::exchange(state_->is_sending, true)) return;
    boost::asio::co_spawn(state_->io, send_waiting(state_), boost::asio::detached);
}

// One transaction at a time: two would take two connections, and either could be first.
awaitable<void> BusSender::send_waiting(std::shared_ptr<State> state) {
    while (!state->waiting.empty()) {
        std::vector<std::string> messages;
        while (!state->waiting.empty() && messages.size() < pieces_per_transaction_max)
            messages.push_back(state->take());
        co_await notify_all(state->pool, std::string(events_channel), std::move(messages));
    }
    state->is_sending = false;
}

BusReceiver::BusReceiver(boost::asio::io_context& io, std::string dsn, Hear hear)
    : hear_(std::move(hear)), listener_(io, std::move(dsn), [this] { unfinished_.clear(); }) {
    listener_.listen(std::string(events_channel), [this](std::string_view piece) { on_piece(piece); });
}

void BusReceiver::on_piece(std::string_view piece) {
    const std::string id(take_word(piece));
    const std::string_view digits = take_word(piece);
    const std::string_view place = take_word(piece);
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool is_piece = error == std::errc{} && end == digits.data() + digits.size();
    if (!is_piece || (place != "last" && place != "more")) return;
    if (number == 0 && unfinished_.size() >= unfinished_max) unfinished_.clear();
    if (number == 0) unfinished_.insert_or_assign(id, Unfinished{});
    const auto event = unfinished_.find(id);
    if (event == unfinished_.end()) return;  // it began before we listened
    Unfinished& unfinished = event->second;
    if (unfinished.pieces++ != number || unfinished.text.size() + piece.size() > event_bytes_max) {
        unfinished_.erase(event);
        log::warning("an event did not arrive whole", {});
        return;
    }
    unfinished.text += piece;
    if (place != "last") return;
    const std::string text = std::move(unfinished.text);
    unfinished_.erase(event);
    on_event(text);
}

void BusReceiver::on_event(std::string_view text) {
    try {
        std::vector<Emission> emissions;
        emissions.push_back(emission_of(decode<Event>(json::parse(text))));
        hear_(std::move(emissions));
    } catch (const std::exception& error) {
        log::warning("an event was not understood", {{"error", error.what()}});
    }
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
