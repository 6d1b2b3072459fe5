import type { EntryKind, PayoutStatus } from "@/lib/api/types";
import type { Tone } from "@/ui/badge";

export const payout_words: Record<PayoutStatus, { label: string; tone: Tone }> = {
  pending: { label: "Planned", tone: "info" },
  processing: { label: "On its way", tone: "info" },
  completed: { label: "Paid", tone: "success" },
  failed: { label: "Failed", tone: "danger" },
};

export const item_words: Record<EntryKind, string> = {
  capture: "Card charged",
  delivery: "Delivered",
  failure: "Not handed over",
  refund: "Refund",
  payout: "Paid out before",
};
