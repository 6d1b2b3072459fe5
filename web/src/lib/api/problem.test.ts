import { describe, expect, it } from "vitest";
import { ApiError, error_of, path_of_pointer, sentence_of } from "./problem";

const sold_out = {
  type: "urn:liveshop:checkout.sold_out",
  title: "Nothing is left of this item",
  status: 409,
  code: "checkout.sold_out",
};

describe("error_of", () => {
  it("keeps the code and says the title", () => {
    const error = error_of(409, sold_out);
    expect(error).toMatchObject({ status: 409, code: "checkout.sold_out", message: `${sold_out.title}.` });
  });

  it("puts what it concerns behind the title", () => {
    const error = error_of(409, { ...sold_out, detail: "Wide bowl, Standard" });
    expect(error.message).toBe("Nothing is left of this item (Wide bowl, Standard).");
  });

  it("prefers a detail that is a sentence, and keeps the field faults", () => {
    const errors = [{ pointer: "/items/0/quantity", reason: "must be at most 99" }];
    const error = error_of(422, { ...sold_out, detail: "Only 2 are left.", errors });
    expect(error.message).toBe("Only 2 are left.");
    expect(error.faults).toEqual(errors);
  });

  it("has a sentence for answers that are no problem document", () => {
    expect(error_of(502, "<html>").message).toMatch(/cannot be reached/);
    expect(error_of(500, null).message).toMatch(/our side/);
  });
});

it("never shows an internal message", () => {
  expect(sentence_of(new TypeError("x is undefined"))).not.toMatch(/undefined/);
  expect(sentence_of(new ApiError({ status: 403, code: "forbidden", message: "Not yours" }))).toBe(
    "Not yours",
  );
});

it("turns a JSON pointer into a form path", () => {
  expect(path_of_pointer("/variants/0/price_minor")).toBe("variants.0.price_minor");
  expect(path_of_pointer("#/a~1b/m~0n")).toBe("a/b.m~n");
});
