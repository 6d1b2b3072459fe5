"use client";

import { useQueryClient } from "@tanstack/react-query";
import { SendHorizontal } from "lucide-react";
import { useState } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { Message } from "@/lib/api/types";
import { ask } from "@/lib/realtime/socket";
import { Button } from "@/ui/button";
import { cn } from "@/ui/class-names";
import { merge_messages } from "./messages";
import { live_keys } from "./queries";

const CONTENT_MAX = 500;

type ChatComposerProps = { stream_id: string; over_video?: boolean; className?: string };

/** Writes into the room; a refused message stays in the box with the reason below. */
export function ChatComposer({ stream_id, over_video = false, className }: ChatComposerProps) {
  const queries = useQueryClient();
  const [content, set_content] = useState("");
  const [fault, set_fault] = useState<string | null>(null);
  const [sending, set_sending] = useState(false);

  const send = async () => {
    const text = content.trim();
    if (!text || sending) return;
    set_sending(true);
    try {
      const message = (await ask("stream:message", { stream_id, content: text })) as Message;
      queries.setQueryData<Message[]>(live_keys.chat(stream_id), (known) =>
        merge_messages(known ?? [], [message]),
      );
      set_content("");
      set_fault(null);
    } catch (refusal) {
      set_fault(sentence_of(refusal));
    } finally {
      set_sending(false);
    }
  };

  return (
    <form
      className={cn("min-w-0", className)}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className="relative">
        <input
          aria-label="Message"
          placeholder="Say something…"
          maxLength={CONTENT_MAX}
          autoComplete="off"
          enterKeyHint="send"
          value={content}
          onChange={(event) => set_content(event.target.value)}
          className={cn(
            "h-11 w-full rounded-full pr-12 pl-4 text-base",
            over_video
              ? "border border-white/25 bg-black/60 text-white placeholder:text-white/70"
              : "border border-line-strong/60 bg-surface",
          )}
        />
        <Button
          type="submit"
          look="quiet"
          size="icon-sm"
          aria-label="Send"
          disabled={!content.trim()}
          className={cn(
            "absolute inset-y-1 right-1 rounded-full",
            over_video && "text-white hover:bg-white/15",
          )}
        >
          <SendHorizontal aria-hidden />
        </Button>
      </div>
      {fault && (
        <p role="alert" className={cn("mt-1.5 px-4 text-sm", over_video ? "text-white" : "text-danger")}>
          {fault}
        </p>
      )}
    </form>
  );
}
