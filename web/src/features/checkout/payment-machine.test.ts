import { describe, expect, it } from "vitest";
import type { Order } from "@/lib/api/types";
import { payment_start, payment_step, type PaymentEvent, type PaymentState } from "./payment-machine";

const order = { id: "o1" } as Order;
const reserved: PaymentEvent = {
  type: "reserved",
  orders: [order],
  currency: "EUR",
  total_amount_minor: 2500,
};
const after = (...events: PaymentEvent[]): PaymentState => events.reduce(payment_step, payment_start);
const answered = (outcome: "paid" | "declined" | "needs_action", more = {}): PaymentEvent => ({
  type: "answered",
  result: { outcome, orders: [order], ...more },
});

describe("a purchase", () => {
  it("goes from choosing to the card to paid", () => {
    expect(after(reserved)).toMatchObject({ step: "card", total_amount_minor: 2500, busy: false });
    expect(after(reserved, { type: "work" }, answered("paid"))).toEqual({ step: "paid", orders: [order] });
  });

  it("stays at the card when it is declined, with the reason", () => {
    const state = after(reserved, answered("declined", { message: "Insufficient funds" }));
    expect(state).toMatchObject({ step: "card", message: "Insufficient funds", busy: false });
  });

  it("asks the bank's question and can be declined after it", () => {
    const asked = after(reserved, answered("needs_action", { next_action_url: "https://bank.example/1" }));
    expect(asked).toMatchObject({ step: "action", next_action_url: "https://bank.example/1" });
    expect(payment_step(asked, answered("paid"))).toMatchObject({ step: "paid" });
    expect(payment_step(asked, answered("declined"))).toMatchObject({ step: "card" });
  });

  it("says what failed and lets it be tried again, at every step", () => {
    const fault: PaymentEvent = { type: "fault", message: "Nothing is left" };
    expect(after({ type: "work" }, fault)).toEqual({
      step: "choose",
      busy: false,
      message: "Nothing is left",
    });
    expect(after(reserved, { type: "work" }, fault)).toMatchObject({
      step: "card",
      message: "Nothing is left",
    });
    expect(after(reserved, fault, { type: "work" })).toMatchObject({ busy: true, message: null });
  });

  it("cannot be paid a second time", () => {
    const paid = after(reserved, answered("paid"));
    expect(payment_step(paid, { type: "fault", message: "late" })).toBe(paid);
    expect(payment_step(paid, { type: "work" })).toBe(paid);
  });
});
