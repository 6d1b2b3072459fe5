#pragma once
// Messages, as other parts of live write them.
#include "modules/live/chat_requests.hpp"
#include "platform/context.hpp"

namespace liveshop::live {

struct NewMessage;

/// Keeps a message and sends it to everybody at the stream.
awaitable<Message> post_message(Ctx& ctx, NewMessage message);

/// A sentence of the host's, of type system, as when a setting has changed.
awaitable<void> say_for_host(Ctx& ctx, const Stream& stream, std::string content);

/// Says in the chat what a change of settings means to those who watch.
awaitable<void> tell_changes(Ctx& ctx, const Stream& before, const Stream& after);

/// Deletes what somebody wrote at a stream and tells everybody there.
awaitable<void> delete_all_of(Ctx& ctx, StreamId stream_id, UserId user_id);
/// Throws message_not_found if it is gone already.
awaitable<void> delete_one(Ctx& ctx, StreamId stream_id, MessageId message_id);

}  // namespace liveshop::live
