import type { CheckoutResult, Order } from "@/lib/api/types";

type Held = { orders: Order[]; currency: string; total_amount_minor: number };

/** Where a purchase stands. `busy` and `message` belong to the step shown. */
export type PaymentState =
  | { step: "choose"; busy: boolean; message: string | null }
  | ({ step: "card"; busy: boolean; message: string | null } & Held)
  | ({ step: "action"; busy: boolean; message: string | null; next_action_url: string } & Held)
  | { step: "paid"; orders: Order[] };

export type PaymentEvent =
  | { type: "work" }
  | { type: "fault"; message: string }
  | ({ type: "reserved" } & Held)
  | { type: "answered"; result: CheckoutResult }
  | { type: "restart" };

export const payment_start: PaymentState = { step: "choose", busy: false, message: null };

const DECLINED = "The card was declined. Try another card.";

function after_answer(state: PaymentState, result: CheckoutResult): PaymentState {
  if (result.outcome === "paid") return { step: "paid", orders: result.orders };
  if (state.step !== "card" && state.step !== "action") return state;
  const { orders, currency, total_amount_minor } = state;
  const held = { orders, currency, total_amount_minor, busy: false };
  if (result.outcome === "needs_action" && result.next_action_url) {
    return { ...held, step: "action", message: null, next_action_url: result.next_action_url };
  }
  return { ...held, step: "card", message: result.message || DECLINED };
}

/** The purchase as a table: what each event makes of each state. */
export function payment_step(state: PaymentState, event: PaymentEvent): PaymentState {
  switch (event.type) {
    case "restart":
      return payment_start;
    case "reserved":
      return {
        step: "card",
        busy: false,
        message: null,
        orders: event.orders,
        currency: event.currency,
        total_amount_minor: event.total_amount_minor,
      };
    case "answered":
      return after_answer(state, event.result);
    case "work":
      return state.step === "paid" ? state : { ...state, busy: true, message: null };
    case "fault":
      return state.step === "paid" ? state : { ...state, busy: false, message: event.message };
  }
}
