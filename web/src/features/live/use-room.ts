"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { Message, Product, Stream } from "@/lib/api/types";
import type { Reactions, StreamOrder } from "@/lib/realtime/events";
import { ask, realtime } from "@/lib/realtime/socket";
import { useEvents } from "@/lib/realtime/use-events";
import { merge_messages } from "./messages";
import { in_order } from "./pins";
import { invitation, keep_stream, live_keys, useStream } from "./queries";

type RoomOptions = {
  on_reactions?: (reactions: Reactions) => void;
  on_order?: (order: StreamOrder) => void;
};

/** Everything that happens at a stream goes straight into the query cache. */
function useRoomEvents(stream_id: string, { on_reactions, on_order }: RoomOptions) {
  const queries = useQueryClient();
  const set_stream = (update: (stream: Stream) => Stream) =>
    queries.setQueryData<Stream>(live_keys.stream(stream_id), (stream) => stream && update(stream));
  const set_pins = (update: (pins: Product[]) => Product[]) =>
    queries.setQueryData<Product[]>(live_keys.pins(stream_id), (pins) => update(pins ?? []));
  const here = (event: { stream_id: string }) => event.stream_id === stream_id;
  const take_over = (stream: Stream) => {
    if (stream.id === stream_id) void keep_stream(queries, stream);
  };

  useEvents({
    "stream:start": take_over,
    "stream:end": take_over,
    "stream:cancel": take_over,
    "stream:update": take_over,
    "stream:message": (message) => {
      if (!here(message)) return;
      queries.setQueryData<Message[]>(live_keys.chat(stream_id), (known) =>
        merge_messages(known ?? [], [message]),
      );
    },
    "stream:message:delete": (event) => {
      if (!here(event)) return;
      queries.setQueryData<Message[]>(live_keys.chat(stream_id), (known) =>
        known?.filter(({ id }) => !event.message_ids.includes(id)),
      );
    },
    "stream:product:order": (event) => {
      if (here(event)) set_pins((pins) => in_order(pins, event.product_ids));
    },
    "stream:mute": (event) => {
      if (here(event)) queries.setQueryData(live_keys.mute(stream_id), event.muted ?? null);
    },
    "stream:viewers": (event) => {
      const { viewer_count, peak_viewers } = event;
      if (here(event)) set_stream((stream) => ({ ...stream, viewer_count, peak_viewers }));
    },
    "stream:product:pin": (event) => {
      if (!here(event)) return;
      set_pins((pins) => [event.product, ...pins.filter(({ id }) => id !== event.product.id)]);
    },
    "stream:product:unpin": (event) => {
      if (here(event)) set_pins((pins) => pins.filter(({ id }) => id !== event.product_id));
    },
    "stream:reaction": (event) => {
      if (here(event)) on_reactions?.(event);
    },
    "stream:order": (event) => {
      if (here(event)) on_order?.(event);
    },
  });
}

/**
 * Being in a stream's room while it is live. It listens first and joins then, so that nothing falls between; after a
 * gap in the connection it joins again and loads what was said meanwhile.
 */
export function useRoom(stream_id: string, options: RoomOptions = {}) {
  const queries = useQueryClient();
  const [fault, set_fault] = useState<string | null>(null);
  const is_live = useStream(stream_id).data?.status === "live";
  useRoomEvents(stream_id, options);

  useEffect(() => {
    if (!is_live) return;
    const socket = realtime();
    let joined_before = false;
    const join = async () => {
      try {
        const watching = await ask("stream:join", { stream_id, ...invitation() });
        const { stream, viewer_count } = watching;
        await keep_stream(queries, { ...stream, viewer_count });
        queries.setQueryData(live_keys.pins(stream_id), watching.pinned_products);
        queries.setQueryData(live_keys.mute(stream_id), watching.muted ?? null);
        if (joined_before && !socket.recovered)
          void queries.invalidateQueries({ queryKey: live_keys.chat(stream_id) });
        joined_before = true;
        set_fault(null);
      } catch (refusal) {
        set_fault(sentence_of(refusal));
      }
    };
    const on_connect = () => void join();
    socket.on("connect", on_connect);
    if (socket.connected) on_connect();
    return () => {
      socket.off("connect", on_connect);
      if (socket.connected) socket.emit("stream:leave", { stream_id }, () => undefined);
    };
  }, [stream_id, is_live, queries]);

  return { fault };
}
