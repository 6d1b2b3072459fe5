import { expect, it } from "vitest";
import { format_span } from "./stream-words";

it("a span is said in the largest unit that fits", () => {
  expect([0, 29, 90, 3600, 7500].map(format_span)).toEqual([
    "0 s",
    "29 s",
    "2 min",
    "1 h 0 min",
    "2 h 5 min",
  ]);
});
