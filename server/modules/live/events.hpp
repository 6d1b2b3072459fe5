#pragma once
// What live sends to sockets.
#include "modules/live/chat_requests.hpp"
#include "platform/event.hpp"

namespace liveshop::live {

inline const Event<Stream> stream_started{"stream:start", "A stream is live"};
inline const Event<Stream> stream_ended{"stream:end", "A stream is over"};
inline const Event<Stream> stream_called_off{"stream:cancel", "A stream will not take place"};
inline const Event<Stream> stream_changed{"stream:update", "A stream's title or settings have changed"};
inline const Event<StreamStopped> stream_stopped{"stream:stop", "To the store's people: the marketplace stopped it"};
inline const Event<ViewersChanged> viewers_changed{"stream:viewers", "How many watch, once a second at most"};
inline const Event<Reactions> reactions_came{"stream:reaction", "Reactions of the last second, counted"};
inline const Event<ProductPinned> product_pinned{"stream:product:pin", "A product is shown, in front of the others"};
inline const Event<PinProduct> product_unpinned{"stream:product:unpin", "A product is shown no longer"};
inline const Event<OrderPins> pins_ordered{"stream:product:order", "The products shown are in another order"};
inline const Event<ProductRequested> product_requested{"stream:product:request",
                                                       "To the store's people: viewers wait to see a product"};
inline const Event<Message> message_sent{"stream:message", "Somebody said something"};
inline const Event<MessagesDeleted> messages_deleted{"stream:message:delete", "Messages are gone"};
inline const Event<MuteChanged> mute_changed{"stream:mute", "To whom it concerns: you may not write, or may again"};
inline const Event<StreamOrder> stream_order{"stream:order", "Somebody bought something"};

}  // namespace liveshop::live
