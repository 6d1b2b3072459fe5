"use client";

import { ArrowDown, Hand, Megaphone, ShoppingBag } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { Message } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { cn } from "@/ui/class-names";
import { useChat } from "./queries";

const NEAR_END_PX = 80;

const icons = { order_notification: ShoppingBag, product_request: Hand, system: Megaphone };

type ChatMessageProps = { message: Message; over_video: boolean; action?: ReactNode };

function ChatMessage({ message, over_video, action }: ChatMessageProps) {
  if (message.type !== "text") {
    const Icon = icons[message.type];
    return (
      <li className="flex animate-rise items-start gap-2 font-semibold text-accent-strong">
        <Icon className="mt-1 size-4 shrink-0" aria-hidden />
        <span className={over_video ? "text-accent" : "text-ink"}>
          {message.type === "product_request"
            ? `${message.user_name} asks to see ${message.content}`
            : message.content}
        </span>
      </li>
    );
  }
  return (
    <li className="flex animate-rise items-start gap-2 text-[0.9375rem] leading-snug">
      <span className="min-w-0 flex-1 break-words">
        <span className={cn("mr-1.5 font-semibold", over_video ? "text-white/75" : "text-ink-muted")}>
          {message.user_name}
        </span>
        <span>{message.content}</span>
      </span>
      {action}
    </li>
  );
}

type ChatProps = {
  stream_id: string;
  /** White on the picture instead of ink on a panel. */
  over_video?: boolean;
  /** What may be done about a message, beside it. */
  action_of?: (message: Message) => ReactNode;
  /** Whose messages this reader does not want. */
  hides?: (message: Message) => boolean;
  className?: string;
};

/** What is said in the room, newest at the bottom; stays where the reader scrolled to. */
export function Chat({ stream_id, over_video = false, action_of, hides, className }: ChatProps) {
  const chat = useChat(stream_id);
  const list = useRef<HTMLDivElement>(null);
  const [following, set_following] = useState(true);
  const messages = chat.data?.filter((message) => !hides?.(message)) ?? [];
  const count = messages.length;

  const to_end = () => list.current?.scrollTo({ top: list.current.scrollHeight });
  useEffect(() => {
    if (following) to_end();
  }, [count, following]);

  return (
    <div className={cn("relative min-h-0", className)}>
      <div
        ref={list}
        role="log"
        aria-label="Chat"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          set_following(scrollHeight - scrollTop - clientHeight < NEAR_END_PX)
        }
        className="scrollbar-none flex h-full flex-col overflow-y-auto overscroll-contain"
      >
        {chat.isPending && (
          <p role="status" aria-label="Loading the chat" className="mt-auto pb-2 text-sm">
            Loading…
          </p>
        )}
        <ul className="mt-auto grid gap-2 py-2">
          {messages.map((message) => (
            <ChatMessage
              key={message.id}
              message={message}
              over_video={over_video}
              action={action_of?.(message)}
            />
          ))}
        </ul>
        {chat.isLoadingError && (
          <p role="alert" className="pb-2 text-sm">
            {sentence_of(chat.error)}{" "}
            <button
              type="button"
              className="font-semibold underline underline-offset-4"
              onClick={() => void chat.refetch()}
            >
              Try again
            </button>
          </p>
        )}
        {chat.isSuccess && count === 0 && (
          <p className={cn("pb-2 text-sm", over_video ? "text-white/75" : "text-ink-muted")}>
            Nobody has written yet. Say hello.
          </p>
        )}
      </div>
      {!following && (
        <Button
          look={over_video ? "glass" : "solid"}
          size="sm"
          className="absolute bottom-1 left-1/2 -translate-x-1/2 rounded-full"
          onClick={() => (set_following(true), to_end())}
        >
          <ArrowDown aria-hidden /> Newest
        </Button>
      )}
    </div>
  );
}
