import type { Order, RefundOrder, RefundReason } from "@/lib/api/types";
import { parse_money } from "@/ui/money";

export const reason_words: Record<RefundReason, string> = {
  requested_by_customer: "The customer asked for it",
  duplicate: "Ordered twice by mistake",
  fraudulent: "Not ordered by the cardholder",
  undeliverable: "It could not be delivered",
};

export type RefundKind = "all" | "items" | "amount";
export type RefundDraft = {
  kind: RefundKind;
  amount: string;
  /** How many of each variant come back. */
  quantities: Record<string, number>;
  reason: RefundReason;
  note: string;
  restock: boolean;
};

export const empty_refund: RefundDraft = {
  kind: "all",
  amount: "",
  quantities: {},
  reason: "requested_by_customer",
  note: "",
  restock: false,
};

type Refund = { ok: RefundOrder } | { fault: string };

/** What to send, or what is missing, in a sentence. */
export function refund_of(draft: RefundDraft, order: Pick<Order, "currency">): Refund {
  const words = {
    reason: draft.reason,
    ...(draft.note.trim() && { note: draft.note.trim() }),
    ...(draft.restock && { restock: true }),
  };
  if (draft.kind === "all") return { ok: words };
  if (draft.kind === "amount") {
    const amount_minor = parse_money(draft.amount, order.currency);
    if (!amount_minor) return { fault: "Enter an amount, like 3.90." };
    return { ok: { ...words, amount_minor } };
  }
  const items = Object.entries(draft.quantities)
    .filter(([, quantity]) => quantity > 0)
    .map(([variant_id, quantity]) => ({ variant_id, quantity }));
  return items.length > 0 ? { ok: { ...words, items } } : { fault: "Say how many of which items." };
}
