#include "modules/live/snapshots.hpp"

#include "modules/catalog/api.hpp"
#include "modules/live/access.hpp"
#include "modules/live/chat_store.hpp"
#include "modules/live/store.hpp"

namespace liveshop::live {
namespace {

/// A stream with what is known of its room.
struct RoomRow : Stream {
    std::string invite_token;
    std::vector<catalog::ProductId> pins;
    std::vector<UserId> moderators;
    std::vector<MutedPerson> muted;
};
BOOST_DESCRIBE_STRUCT(RoomRow, (Stream), (invite_token, pins, moderators, muted))

inline const db::Query<RoomRow(StreamId)> find_room{"live.find_room", "select " + stream_columns + R"(,
           l.invite_token,
           (select coalesce(jsonb_agg(p.product_id order by p.position, p.pinned_at desc), '[]')
              from stream_pins p where p.stream_id = l.id) as pins,
           (select coalesce(jsonb_agg(m.user_id), '[]') from (
                select user_id from chat_moderators where store_id = l.store_id
                 order by created_at desc limit 500) m) as moderators,
           (select coalesce(jsonb_agg(m.muted), '[]') from (
                select jsonb_strip_nulls(jsonb_build_object('user_id', m.user_id, 'reason', m.reason,
                                                            'expires_at', m.expires_at)) as muted
                  from chat_mutes m
                 where (m.store_id is null or m.store_id = l.store_id) and (m.expires_at is null or m.expires_at > now())
                 order by m.created_at desc limit 500) m) as muted
      from live_streams l join stores s on s.id = l.store_id where l.id = $1
)"};

awaitable<Snapshot> read(db::Pool& pool, const Services& services, TenantId tenant, StreamId stream_id) {
    db::Transaction tx = pool.transaction({.tenant = tenant, .read_only = true});
    Ctx ctx{.tenant = tenant, .principal = std::nullopt, .tx = tx, .services = services, .now = Timestamp::now()};
    std::optional<RoomRow> row = co_await tx.find(find_room, stream_id);
    Snapshot snapshot;
    if (!row) co_return snapshot;
    if (!row->pins.empty()) snapshot.pinned_products = co_await catalog::get_products(ctx, std::move(row->pins));
    snapshot.invite_token = std::move(row->invite_token);
    snapshot.moderators = std::move(row->moderators);
    snapshot.muted = std::move(row->muted);
    snapshot.stream = std::move(static_cast<Stream&>(*row));
    co_return snapshot;
}

inline const db::Query<Block(db::Array<UserId>)> list_blocks_of{"live.list_blocks_of", R"(
    select user_id, blocked_id from user_blocks where blocked_id = any ($1::uuid[])
)"};

awaitable<ChatEnd> read_chat(db::Pool& pool, TenantId tenant, StreamId stream_id) {
    db::Transaction tx = pool.transaction({.tenant = tenant, .read_only = true});
    ChatEnd chat;
    chat.messages = co_await tx.all(list_messages, stream_id, std::nullopt, std::nullopt);
    db::Array<UserId> authors;
    for (const Message& message : chat.messages)
        if (std::ranges::count(authors.items, message.user_id) == 0) authors.items.push_back(message.user_id);
    if (!authors.items.empty()) chat.blocks = co_await tx.all(list_blocks_of, authors);
    co_return chat;
}

}  // namespace

std::vector<Message> ChatEnd::read_by(std::optional<UserId> reader) const {
    std::vector<Message> kept = messages;
    for (const Block& block : blocks)
        if (block.user_id == reader)
            std::erase_if(kept, [&](const Message& message) { return message.user_id == block.blocked_id; });
    return kept;
}

Snapshots::Snapshots(boost::asio::io_context& io, db::Pool& pool, const Services& services)
    : shared_(io, pause, [&pool, &services](Key key) { return read(pool, services, key.first, key.second); }),
      chats_(io, pause, [&pool](Key key) { return read_chat(pool, key.first, key.second); }) {}

awaitable<std::shared_ptr<const Snapshot>> Snapshots::get(TenantId tenant, StreamId stream_id) {
    return shared_.get({tenant, stream_id});
}

awaitable<std::shared_ptr<const ChatEnd>> Snapshots::chat(TenantId tenant, StreamId stream_id) {
    return chats_.get({tenant, stream_id});
}

awaitable<bool> admit(Ctx& ctx, const Snapshot& snapshot, const std::optional<InviteToken>& invite) {
    if (!snapshot.stream) throw Fail(Errc::stream_not_found);
    const bool is_host = co_await is_own(ctx, *snapshot.stream);
    const bool is_invited =
        snapshot.stream->type == StreamType::public_ || (invite && invite->value == snapshot.invite_token);
    if (!is_host && !is_invited) throw Fail(Errc::stream_not_found);
    co_return is_host;
}

}  // namespace liveshop::live
