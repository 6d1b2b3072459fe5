import { expect, it } from "vitest";
import { safe_next } from "./areas";

it("follows a path of this site", () => {
  expect(safe_next("/orders/1?x=2")).toBe("/orders/1?x=2");
});

it.each([null, "", "https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])(
  "does not follow %j",
  (next) => {
    expect(safe_next(next)).toBeNull();
  },
);
