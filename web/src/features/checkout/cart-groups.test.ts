import { expect, it } from "vitest";
import type { CartItem } from "@/lib/api/types";
import { by_store } from "./cart-groups";

const item = (id: string, store_id: string) => ({ id, store_id, store_name: store_id }) as CartItem;

it("keeps the order of stores and of lines", () => {
  const groups = by_store([item("1", "b"), item("2", "a"), item("3", "b")]);
  expect(groups.map(({ store_id, items }) => [store_id, items.map(({ id }) => id)])).toEqual([
    ["b", ["1", "3"]],
    ["a", ["2"]],
  ]);
});
