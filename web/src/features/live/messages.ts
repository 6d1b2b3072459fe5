import type { Message } from "@/lib/api/types";

/** Older messages leave the page; the server keeps them. */
export const MESSAGES_MAX = 200;

/** Two lists of messages as one: each once, in the order they were sent, the latest 200. */
export function merge_messages(known: readonly Message[], more: readonly Message[]): Message[] {
  const by_id = new Map([...known, ...more].map((message) => [message.id, message]));
  return [...by_id.values()]
    .sort((a, b) => a.created_at.localeCompare(b.created_at) || a.id.localeCompare(b.id))
    .slice(-MESSAGES_MAX);
}
