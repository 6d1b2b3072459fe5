import type { Order, OrderPaymentStatus, OrderStatus } from "@/lib/api/types";
import type { Tone } from "@/ui/badge";

type Words = { label: string; tone: Tone; sentence: string };
type Standing = Pick<Order, "status" | "payment_status">;

const words: Record<OrderStatus, Words> = {
  pending: {
    label: "Placed",
    tone: "info",
    sentence: "The store has been told and will confirm your order.",
  },
  confirmed: { label: "Confirmed", tone: "info", sentence: "The store has taken your order." },
  preparing: { label: "Being prepared", tone: "info", sentence: "The store is packing your order." },
  ready: { label: "Ready", tone: "info", sentence: "Packed and waiting for a driver." },
  picked_up: { label: "Picked up", tone: "accent", sentence: "The driver has your order." },
  in_transit: { label: "On its way", tone: "accent", sentence: "The driver is coming to you." },
  delivered: { label: "Delivered", tone: "success", sentence: "Enjoy it." },
  cancelled: { label: "Cancelled", tone: "neutral", sentence: "This order will not be delivered." },
  refunded: { label: "Refunded", tone: "neutral", sentence: "The money goes back to your card." },
};

const unpaid_words: Words = {
  label: "Waiting for payment",
  tone: "warning",
  sentence: "The items are held for you for a short while.",
};

/** Whether the order's money is held or taken. */
export function is_paid({ payment_status }: Pick<Order, "payment_status">): boolean {
  return payment_status === "authorized" || payment_status === "captured";
}

/** Whether the customer can still pay for it. */
export function is_payable({ status, payment_status }: Standing): boolean {
  return status === "pending" && (payment_status === "pending" || payment_status === "failed");
}

/** Whether the store has not begun with it. */
export function is_new(order: Standing): boolean {
  return is_paid(order) && (order.status === "pending" || order.status === "confirmed");
}

/** How an order stands, as its customer reads it. */
export function order_words(order: Standing): Words {
  return is_payable(order) ? unpaid_words : words[order.status];
}

export const payment_words: Record<OrderPaymentStatus, string> = {
  pending: "Not paid yet",
  authorized: "Authorised: charged when the driver picks up",
  captured: "Paid",
  failed: "Payment failed: another card can be tried",
  refunded: "Refunded",
  cancelled: "Nothing was charged",
};

const store_steps: Partial<Record<OrderStatus, { next: OrderStatus; label: string }>> = {
  pending: { next: "confirmed", label: "Accept order" },
  confirmed: { next: "preparing", label: "Start preparing" },
  preparing: { next: "ready", label: "Mark as ready" },
};

/** The store's next step for an order, if the step is the store's to take. */
export function store_step(order: Standing) {
  return is_paid(order) ? store_steps[order.status] : undefined;
}

/** Whether the store can still give an order up: nobody has it yet. */
export function store_may_cancel({ status }: Pick<Order, "status">): boolean {
  return status === "pending" || status === "confirmed" || status === "preparing" || status === "ready";
}

/** Whether nothing happens to an order any more, but a refund. */
export function is_closed({ status }: Pick<Order, "status">): boolean {
  return status === "delivered" || status === "cancelled" || status === "refunded";
}

/** Whether a driver has it and its money was not taken: the pick-up's own try failed. */
export function waits_for_capture({ status, payment_status }: Standing): boolean {
  const with_driver = status === "picked_up" || status === "in_transit" || status === "delivered";
  return with_driver && payment_status === "authorized";
}
