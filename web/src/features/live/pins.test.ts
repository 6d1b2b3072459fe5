import { expect, it } from "vitest";
import { in_order, moved } from "./pins";

const pins = [{ id: "a" }, { id: "b" }, { id: "c" }];

it("puts pins in the order told, those that are not named last", () => {
  expect(in_order(pins, ["c", "a"]).map(({ id }) => id)).toEqual(["c", "a", "b"]);
});

it("moves one by one place, and not beyond the ends", () => {
  expect(moved(["a", "b", "c"], 2, -1)).toEqual(["a", "c", "b"]);
  expect(moved(["a", "b", "c"], 0, -1)).toEqual(["a", "b", "c"]);
  expect(moved(["a", "b", "c"], 2, 1)).toEqual(["a", "b", "c"]);
});
