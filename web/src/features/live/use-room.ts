"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { Message, Stream } from "@/lib/api/types";
import type { ServerEvents } from "@/lib/realtime/events";
import { ask, realtime } from "@/lib/realtime/socket";
import { useEvents } from "@/lib/realtime/use-events";
import { merge_messages } from "./messages";
import { live_keys } from "./queries";

type Reaction = Parameters<ServerEvents["stream:reaction"]>[0];
type OrderNotice = Parameters<ServerEvents["stream:order"]>[0];

type RoomOptions = {
  on_reaction?: (reaction: Reaction) => void;
  on_order?: (order: OrderNotice) => void;
};

/**
 * Being in a stream's room: what happens there goes straight into the query cache. It listens first, then joins, and
 * after a gap in the connection loads what it missed.
 */
export function useRoom(stream_id: string, { on_reaction, on_order }: RoomOptions = {}) {
  const queries = useQueryClient();
  const [fault, set_fault] = useState<string | null>(null);

  const change = (update: (stream: Stream) => Stream) =>
    queries.setQueryData<Stream>(live_keys.stream(stream_id), (stream) => stream && update(stream));
  const here = (event: { stream_id: string }) => event.stream_id === stream_id;

  useEvents({
    "stream:message": (message) => {
      if (!here(message)) return;
      queries.setQueryData<Message[]>(live_keys.chat(stream_id), (known) =>
        merge_messages(known ?? [], [message]),
      );
    },
    "stream:viewers": (event) => {
      const { viewer_count, peak_viewers } = event;
      if (here(event)) change((stream) => ({ ...stream, viewer_count, peak_viewers }));
    },
    "stream:product:pin": (event) => {
      if (!here(event)) return;
      change((stream) => ({
        ...stream,
        pinned_products: [
          event.product,
          ...stream.pinned_products.filter(({ id }) => id !== event.product.id),
        ],
      }));
    },
    "stream:product:unpin": (event) => {
      if (!here(event)) return;
      change((stream) => ({
        ...stream,
        pinned_products: stream.pinned_products.filter(({ id }) => id !== event.product_id),
      }));
    },
    "stream:start": ({ stream }) => {
      if (stream.id === stream_id) change(() => stream);
    },
    "stream:end": (event) => {
      if (here(event)) change((stream) => ({ ...stream, status: "ended" }));
    },
    "stream:reaction": (event) => {
      if (here(event)) on_reaction?.(event);
    },
    "stream:order": (event) => {
      if (here(event)) on_order?.(event);
    },
  });

  useEffect(() => {
    if (!stream_id) return;
    const socket = realtime();
    let joined_before = false;
    const join = () => {
      ask("stream:join", { stream_id }).then(
        () => {
          set_fault(null);
          if (joined_before) void queries.invalidateQueries({ queryKey: live_keys.stream(stream_id) });
          joined_before = true;
        },
        (refusal: unknown) => set_fault(sentence_of(refusal)),
      );
    };
    socket.on("connect", join);
    if (socket.connected) join();
    return () => {
      socket.off("connect", join);
      if (socket.connected) socket.emit("stream:leave", { stream_id }, () => undefined);
    };
  }, [stream_id, queries]);

  return { fault };
}
