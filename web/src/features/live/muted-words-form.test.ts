import { expect, it } from "vitest";
import { words_fault, words_of } from "./muted-words-form";

it("takes one word a line, each once, a phrase being one", () => {
  expect(words_of(" scam \n\nfree money\nscam\n")).toEqual(["scam", "free money"]);
});

it("says which word does not fit", () => {
  expect(words_fault(["ok"])).toBeNull();
  expect(words_fault(["ok", "x"])).toContain("“x”");
  expect(words_fault(["y".repeat(51)])).not.toBeNull();
  expect(words_fault(Array.from({ length: 201 }, (_, index) => `word ${index}`))).toContain("200");
});
