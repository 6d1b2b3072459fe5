import { expect, it } from "vitest";
import { slug_of } from "./slug";

it.each([
  ["Käthe's Garden & Home", "kathe-s-garden-home"],
  ["  --Tea--  ", "tea"],
  ["x".repeat(99) + " y", "x".repeat(99)],
  ["茶", ""],
])("%j becomes %j", (name, slug) => {
  expect(slug_of(name)).toBe(slug);
});
