import { expect, it } from "vitest";
import { place_in } from "./replay";

const parts = [
  { started_at: "2026-01-01T10:00:00Z", duration_ms: 60_000 },
  { started_at: "2026-01-01T10:02:00Z", duration_ms: 30_000 },
];

it("finds a moment in its part", () => {
  expect(place_in(parts, "2026-01-01T10:00:15Z")).toEqual({ part: 0, at_s: 15 });
  expect(place_in(parts, "2026-01-01T10:02:10Z")).toEqual({ part: 1, at_s: 10 });
});

it("takes the next part for what fell between two, and the beginning for what came before", () => {
  expect(place_in(parts, "2026-01-01T10:01:30Z")).toEqual({ part: 1, at_s: 0 });
  expect(place_in(parts, "2026-01-01T09:59:00Z")).toEqual({ part: 0, at_s: 0 });
});

it("has no place for what came after the end, nor without a recording", () => {
  expect(place_in(parts, "2026-01-01T10:05:00Z")).toBeNull();
  expect(place_in([], "2026-01-01T10:00:00Z")).toBeNull();
});
