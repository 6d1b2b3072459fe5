import { describe, expect, it } from "vitest";
import { empty_refund, refund_of } from "./refund-draft";

const order = { currency: "EUR" };

describe("a refund", () => {
  it("of everything names neither items nor an amount", () => {
    expect(refund_of({ ...empty_refund, amount: "3", quantities: { a: 1 } }, order)).toEqual({
      ok: { reason: "requested_by_customer" },
    });
  });

  it("of an amount is in minor units, and never of nothing", () => {
    const draft = { ...empty_refund, kind: "amount" as const };
    expect(refund_of({ ...draft, amount: "3,90" }, order)).toMatchObject({ ok: { amount_minor: 390 } });
    expect(refund_of({ ...draft, amount: "0" }, order)).toHaveProperty("fault");
    expect(refund_of({ ...draft, amount: "much" }, order)).toHaveProperty("fault");
  });

  it("of items leaves out those that stay", () => {
    const draft = { ...empty_refund, kind: "items" as const, restock: true, note: " broken " };
    expect(refund_of({ ...draft, quantities: { a: 2, b: 0 } }, order)).toEqual({
      ok: {
        reason: "requested_by_customer",
        note: "broken",
        restock: true,
        items: [{ variant_id: "a", quantity: 2 }],
      },
    });
    expect(refund_of({ ...draft, quantities: { b: 0 } }, order)).toHaveProperty("fault");
  });
});
