import { expect, it } from "vitest";
import { backoff_ms } from "./backoff";

it("doubles up to a ceiling", () => {
  const longest = [0, 1, 2, 3, 10, 60].map((attempt) => backoff_ms(attempt, () => 1));
  expect(longest).toEqual([250, 500, 1000, 2000, 8000, 8000]);
});

it("spreads those who come back at once over half of the wait", () => {
  expect(backoff_ms(3, () => 0)).toBe(1000);
  expect(backoff_ms(3, () => 0.5)).toBe(1500);
});
