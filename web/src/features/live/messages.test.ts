import { expect, it } from "vitest";
import type { Message } from "@/lib/api/types";
import { merge_messages, MESSAGES_MAX } from "./messages";

const message = (id: string, second: number) =>
  ({ id, content: id, created_at: new Date(second * 1000).toISOString() }) as Message;
const ids = (messages: Message[]) => messages.map(({ id }) => id);

it("puts history and news in order, each once", () => {
  const news = [message("c", 3), message("b", 2)];
  const history = [message("a", 1), message("b", 2)];
  expect(ids(merge_messages(news, history))).toEqual(["a", "b", "c"]);
});

it("keeps the latest", () => {
  const many = Array.from({ length: MESSAGES_MAX + 5 }, (_, index) => message(`m${index}`, index));
  const kept = merge_messages([], many);
  expect(kept).toHaveLength(MESSAGES_MAX);
  expect(kept.at(-1)?.id).toBe(`m${MESSAGES_MAX + 4}`);
});
