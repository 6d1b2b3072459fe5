import { expect, test } from "vitest";
import { kinds_to_show } from "./kyc-words";
import { action_words, reason_of } from "./user-words";

test("an action without words is shown as it is written down", () => {
  expect(action_words("user.suspend")).toBe("Suspended");
  expect(action_words("store.verify")).toBe("store.verify");
});

test("a reason is text, or there is none", () => {
  expect(reason_of({ reason: "Sold what was not theirs." })).toBe("Sold what was not theirs.");
  for (const detail of [null, undefined, {}, { reason: 5 }, "reason"]) expect(reason_of(detail)).toBeNull();
});

test("what is asked for comes first, and nothing twice", () => {
  expect(kinds_to_show(["identity_front", "selfie"])).toEqual(["identity_front", "selfie", "identity_back"]);
});
