#pragma once
// Messages, requests, and who may write.
#include "modules/live/chat_requests.hpp"
#include "platform/db/transaction.hpp"

namespace liveshop::live {

struct NewMessage {
    StreamId stream_id;
    UserId user_id;
    std::string user_name;
    Author author = Author::viewer;
    MessageType type = MessageType::text;
    std::string content;
    MessageMetadata metadata;
    std::optional<DeviceId> device_id;
};
BOOST_DESCRIBE_STRUCT(NewMessage, (), (stream_id, user_id, user_name, author, type, content, metadata, device_id))

inline const db::Query<Message(NewMessage)> insert_message{"live.insert_message", R"(
    with new as (
        select * from jsonb_to_record($1) as n(stream_id uuid, user_id uuid, user_name text, author text, type text,
                                               content text, metadata jsonb, device_id text)),
    counted as (
        update stream_participants p set messages_count = p.messages_count + 1 from new
         where p.stream_id = new.stream_id and p.user_id = new.user_id and p.left_at is null and new.type = 'text')
    insert into stream_messages (stream_id, user_id, user_name, author, type, content, metadata, device_id, created_at)
    select stream_id, user_id, user_name, author, type, content, metadata, device_id, clock_timestamp() from new
    returning id, stream_id, user_id, user_name, author, type, content, metadata, created_at
)"};

// The newest, oldest first; without what the reader's blocked people wrote.
inline const db::Query<Message(StreamId, std::optional<Timestamp>, std::optional<UserId>)> list_messages{
    "live.list_messages", R"(
    select * from (
        select id, stream_id, user_id, user_name, author, type, content, metadata, created_at
          from stream_messages m
         where stream_id = $1 and deleted_at is null and ($2::timestamptz is null or created_at < $2)
           and not exists (select from user_blocks b where b.user_id = $3 and b.blocked_id = m.user_id)
         order by created_at desc limit 100) newest
     order by created_at
)"};

// What was said next, as a recording is watched.
inline const db::Query<Message(StreamId, Timestamp, std::optional<UserId>)> list_messages_after{
    "live.list_messages_after", R"(
    select id, stream_id, user_id, user_name, author, type, content, metadata, created_at
      from stream_messages m
     where stream_id = $1 and deleted_at is null and created_at > $2
       and not exists (select from user_blocks b where b.user_id = $3 and b.blocked_id = m.user_id)
     order by created_at limit 100
)"};

inline const db::Query<Message(StreamId, MessageId)> find_message{"live.find_message", R"(
    select id, stream_id, user_id, user_name, author, type, content, metadata, created_at from stream_messages
     where stream_id = $1 and id = $2 and deleted_at is null
)"};

inline const db::Query<void(MessageId, UserId)> delete_message{"live.delete_message", R"(
    update stream_messages set deleted_at = now(), deleted_by = $2 where id = $1 and deleted_at is null
)"};

inline const db::Query<MessageId(StreamId, UserId, UserId)> delete_messages_of{"live.delete_messages_of", R"(
    update stream_messages set deleted_at = now(), deleted_by = $3
     where stream_id = $1 and user_id = $2 and deleted_at is null and type in ('text', 'product_request')
    returning id
)"};

/// What the chat knows of somebody who is about to write.
struct ChatStanding {
    bool is_moderator = false;
    bool is_muted = false;
    std::optional<std::string> mute_reason;
    std::optional<Timestamp> muted_until;  ///< for good if left out
    std::optional<Timestamp> last_message_at;
    std::vector<std::string> muted_words;
};
BOOST_DESCRIBE_STRUCT(ChatStanding, (),
                      (is_moderator, is_muted, mute_reason, muted_until, last_message_at, muted_words))

// By account and by device: a new account on the same device is muted as well, and waits as long.
inline const db::Query<ChatStanding(StreamId, catalog::StoreId, UserId, std::optional<DeviceId>)> find_standing{
    "live.find_standing", R"(
    select exists (select from chat_moderators where store_id = $2 and user_id = $3) as is_moderator,
           m.id is not null as is_muted, m.reason as mute_reason, m.expires_at as muted_until,
           (select max(created_at) from stream_messages
             where stream_id = $1 and type = 'text' and (user_id = $3 or device_id = $4)) as last_message_at,
           (select l.muted_words || coalesce((select words from muted_words), '[]'::jsonb)
              from live_streams l where l.id = $1) as muted_words
      from (select) one
      left join lateral (
           select id, reason, expires_at from chat_mutes
            where (user_id = $3 or ($4::text is not null and device_ids @> array[$4]))
              and (store_id is null or store_id = $2)
              and (expires_at is null or expires_at > now())
            order by expires_at desc nulls first limit 1) m on true
)"};

// Two messages of one person at once wait for each other, so that the second finds the first.
inline const db::Query<bool(StreamId, UserId)> lock_writer{"live.lock_writer", R"(
    select pg_advisory_xact_lock(hashtextextended($1::uuid::text || $2::uuid::text, 0)) is not null
)"};

inline const db::Query<std::string(UserId)> find_person{"live.find_person", R"(
    select coalesce(profile->>'name', '') from users where id = $1
)"};

inline const db::Query<std::int64_t(StreamId, catalog::ProductId, UserId, std::string)> insert_request{
    "live.insert_request", R"(
    with asked as (
        insert into product_requests (stream_id, product_id, user_id, user_name) values ($1, $2, $3, $4)
        on conflict (tenant_id, stream_id, product_id, user_id) do nothing returning id)
    select count(*) from asked
)"};

inline const db::Query<std::int64_t(StreamId, catalog::ProductId)> count_requests{"live.count_requests", R"(
    select count(*) from product_requests where stream_id = $1 and product_id = $2 and status = 'open'
)"};

struct RequestRow {
    catalog::ProductId product_id;
    std::int64_t count = 0;
    std::vector<std::string> asked_by;
    Timestamp asked_at;
};
BOOST_DESCRIBE_STRUCT(RequestRow, (), (product_id, count, asked_by, asked_at))

inline const db::Query<RequestRow(StreamId)> list_requests{"live.list_requests", R"(
    select product_id, count(*) as count, to_jsonb((array_agg(user_name order by created_at))[1:3]) as asked_by,
           min(created_at) as asked_at
      from product_requests where stream_id = $1 and status = 'open'
     group by product_id order by count(*) desc, min(created_at) limit 100
)"};

inline const db::Query<void(StreamId, catalog::ProductId, std::string)> close_requests{"live.close_requests", R"(
    update product_requests set status = $3, closed_at = now()
     where stream_id = $1 and product_id = $2 and status = 'open'
)"};

inline const db::Query<ViewerPreferences(UserId)> find_preferences{"live.find_preferences", R"(
    select shows_first_name from viewer_preferences where user_id = $1
)"};

inline const db::Query<void(UserId, bool)> save_preferences{"live.save_preferences", R"(
    insert into viewer_preferences (user_id, shows_first_name) values ($1, $2)
    on conflict (tenant_id, user_id) do update set shows_first_name = excluded.shows_first_name
)"};

inline const db::Query<std::int64_t(UserId)> count_blocks{"live.count_blocks", R"(
    select count(*) from user_blocks where user_id = $1
)"};

inline const db::Query<void(UserId, UserId)> insert_block{"live.insert_block", R"(
    insert into user_blocks (user_id, blocked_id) values ($1, $2) on conflict do nothing
)"};

inline const db::Query<void(UserId, UserId)> delete_block{"live.delete_block", R"(
    delete from user_blocks where user_id = $1 and blocked_id = $2
)"};

inline const db::Query<BlockedPerson(UserId)> list_blocks{"live.list_blocks", R"(
    select b.blocked_id as user_id, coalesce(u.profile->>'name', '') as name, b.created_at
      from user_blocks b join users u on u.id = b.blocked_id
     where b.user_id = $1 order by b.created_at desc limit 500
)"};

}  // namespace liveshop::live
