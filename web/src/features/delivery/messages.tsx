"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { SendHorizontal } from "lucide-react";
import { useState } from "react";
import { api, body_of } from "@/lib/api/client";
import { sentence_of } from "@/lib/api/problem";
import type { Delivery, DeliveryMessage, MessageSender } from "@/lib/api/types";
import { useEvents } from "@/lib/realtime/use-events";
import { Button } from "@/ui/button";
import { cn } from "@/ui/class-names";
import { Input } from "@/ui/field";
import { Loaded } from "@/ui/loaded";
import { Notice } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { ended } from "./delivery-words";
import { delivery_keys } from "./queries";

const CONTENT_MAX = 500;

function with_message(known: DeliveryMessage[] | undefined, message: DeliveryMessage) {
  if (!known || known.some(({ id }) => id === message.id)) return known;
  return [...known, message];
}

function useMessages(delivery_id: string) {
  const queries = useQueryClient();
  const queryKey = delivery_keys.messages(delivery_id);
  const params = { path: { delivery_id } };
  const keep = (message: DeliveryMessage) =>
    queries.setQueryData<DeliveryMessage[]>(queryKey, (known) => with_message(known, message));
  useEvents({
    "delivery:message": (message) => {
      if (message.delivery_id === delivery_id) keep(message);
    },
    opened: () => void queries.invalidateQueries({ queryKey }),
  });
  const messages = useQuery({
    queryKey,
    queryFn: async () =>
      (await body_of(api.GET("/api/v1/deliveries/{delivery_id}/messages", { params }))).messages,
  });
  const send = useMutation({
    mutationFn: (content: string) =>
      body_of(api.POST("/api/v1/deliveries/{delivery_id}/messages", { params, body: { content } })),
    onSuccess: keep,
  });
  return { messages, send };
}

function MessageRow({ message, mine, other }: { message: DeliveryMessage; mine: boolean; other: string }) {
  return (
    <li
      className={cn("grid max-w-[85%] gap-0.5", mine ? "justify-self-end text-right" : "justify-self-start")}
    >
      <span className="inline-block text-xs text-ink-muted first-letter:uppercase">
        {mine ? "You" : other} · <Moment at={message.created_at} />
      </span>
      <span
        className={cn(
          "rounded-lg px-3 py-2 text-left break-words",
          mine ? "bg-ink text-canvas" : "bg-sunken text-ink",
        )}
      >
        {message.content}
      </span>
    </li>
  );
}

type DeliveryMessagesProps = {
  delivery: Delivery;
  /** On which side this page is. */
  me: MessageSender;
  /** What the other side is called. */
  other: string;
};

/** What customer and driver say to each other while the delivery runs; kept to read afterwards. */
export function DeliveryMessages({ delivery, me, other }: DeliveryMessagesProps) {
  const { messages, send } = useMessages(delivery.id);
  const [content, set_content] = useState("");
  const running = delivery.status !== "pending" && !ended.has(delivery.status);
  const text = content.trim();
  if (!running && !messages.data?.length) return null;
  return (
    <Card role="region" aria-label="Messages" className="grid gap-4 p-4">
      <h2 className="text-lg">Messages</h2>
      <Loaded query={messages} loading="Loading the messages" className="h-16">
        {(said) =>
          said.length === 0 ? (
            <p className="text-sm text-ink-muted">Nothing has been said yet.</p>
          ) : (
            <ul aria-label={`Messages with ${other}`} aria-live="polite" className="grid gap-3">
              {said.map((message) => (
                <MessageRow key={message.id} message={message} mine={message.sender === me} other={other} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {send.isError && <Notice>{sentence_of(send.error)}</Notice>}
      {running && (
        <form
          className="flex gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (text) send.mutate(text, { onSuccess: () => set_content("") });
          }}
        >
          <Input
            aria-label={`Message to ${other}`}
            placeholder="Write a message…"
            autoComplete="off"
            enterKeyHint="send"
            maxLength={CONTENT_MAX}
            value={content}
            onChange={(event) => set_content(event.target.value)}
          />
          <Button type="submit" size="icon" aria-label="Send" busy={send.isPending} disabled={!text}>
            {!send.isPending && <SendHorizontal aria-hidden />}
          </Button>
        </form>
      )}
    </Card>
  );
}
