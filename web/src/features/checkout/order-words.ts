import type { OrderStatus, PaymentStatus } from "@/lib/api/types";
import type { Tone } from "@/ui/badge";

type Words = { label: string; tone: Tone; sentence: string };

/** Every state of an order, as its customer reads it. */
export const order_words: Record<OrderStatus, Words> = {
  pending: {
    label: "Waiting for payment",
    tone: "warning",
    sentence: "The items are held for you until you pay.",
  },
  confirmed: { label: "Confirmed", tone: "info", sentence: "The store has your order." },
  preparing: { label: "Being prepared", tone: "info", sentence: "The store is packing your order." },
  ready: { label: "Ready", tone: "info", sentence: "Packed and waiting for a driver." },
  picked_up: { label: "Picked up", tone: "accent", sentence: "The driver has your order." },
  in_transit: { label: "On its way", tone: "accent", sentence: "The driver is coming to you." },
  delivered: { label: "Delivered", tone: "success", sentence: "Enjoy it." },
  cancelled: { label: "Cancelled", tone: "neutral", sentence: "Nothing was charged." },
  refunded: { label: "Refunded", tone: "neutral", sentence: "The money goes back to your card." },
};

export const payment_words: Record<PaymentStatus, string> = {
  pending: "Not paid yet",
  authorized: "Authorised: charged when the driver picks up",
  captured: "Paid",
  failed: "Payment failed",
  refunded: "Refunded",
  cancelled: "Released",
};

/** The store's next step for an order, if the step is the store's. */
export const store_step: Partial<Record<OrderStatus, { next: OrderStatus; label: string }>> = {
  confirmed: { next: "preparing", label: "Start preparing" },
  preparing: { next: "ready", label: "Mark as ready" },
};
