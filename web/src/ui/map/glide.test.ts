import { expect, it } from "vitest";
import { between } from "./glide";

it("moves in a straight line and stays within it", () => {
  const from = { lat: 50, lng: 10 };
  const to = { lat: 51, lng: 12 };
  expect(between(from, to, 0.5)).toEqual({ lat: 50.5, lng: 11 });
  expect(between(from, to, 7)).toEqual(to);
  expect(between(from, to, -1)).toEqual(from);
});
