#include "modules/identity/revocations.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "modules/identity/types.hpp"
#include "platform/db/error.hpp"
#include "platform/log.hpp"

namespace liveshop::identity {
namespace {

constexpr std::int64_t overlap_s = 30;  // a transaction may commit that much after the moment it wrote down

struct EndedSession {
    SessionId id;
    std::optional<Timestamp> ended_at;
};
BOOST_DESCRIBE_STRUCT(EndedSession, (), (id, ended_at))

inline const db::Query<EndedSession(std::int64_t)> list_ended_sessions{"identity.list_ended_sessions", R"(
    select id, ended_at from sessions where ended_at > now() - $1::bigint * interval '1 second' order by ended_at
)"};

}  // namespace

Revocations::Revocations(db::Pool& pool, std::int64_t access_token_ttl_s, OnEnded on_ended)
    : pool_(pool), ttl_s_(access_token_ttl_s), on_ended_(std::move(on_ended)) {}

awaitable<void> Revocations::read() {
    db::Transaction tx = pool_.transaction({.tenant = std::nullopt, .read_only = true});
    const std::shared_ptr<const Ended> known = ended_.load();
    const std::vector<EndedSession> rows = co_await tx.all(list_ended_sessions, ttl_s_ + overlap_s);
    auto now_ended = std::make_shared<Ended>();
    for (const EndedSession& row : rows) now_ended->emplace(row.id.value, *row.ended_at);
    ended_.store(now_ended);
    for (const EndedSession& row : rows)
        if (!known->contains(row.id.value)) on_ended_(row.id.value);
}

awaitable<void> Revocations::run() {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    for (;;) {
        try {
            co_await read();
        } catch (const db::Error& error) {
            log::warning("ended sessions not read", {{"error", error.what()}});
        }
        timer.expires_after(std::chrono::seconds(1));
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
}

}  // namespace liveshop::identity
