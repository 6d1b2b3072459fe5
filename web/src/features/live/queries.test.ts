import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import type { Stream } from "@/lib/api/types";
import { keep_stream, live_keys } from "./queries";

const scheduled = { id: "s1", status: "scheduled" } as Stream;
const live = { ...scheduled, status: "live" } as Stream;

test("an answer that was asked for before does not overwrite what came after", async () => {
  const queries = new QueryClient();
  const queryKey = live_keys.stream("s1");
  let answer: (stream: Stream) => void = () => undefined;
  const asked = queries
    .fetchQuery({ queryKey, queryFn: () => new Promise<Stream>((resolve) => (answer = resolve)) })
    .catch(() => undefined);
  await keep_stream(queries, live);
  answer(scheduled);
  await asked;
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(queries.getQueryData(queryKey)).toEqual(live);
});

test("what is pinned and said stays while the stream is told anew", async () => {
  const queries = new QueryClient();
  queries.setQueryData(live_keys.chat("s1"), []);
  await keep_stream(queries, live);
  expect(queries.getQueryData(live_keys.chat("s1"))).toEqual([]);
});
