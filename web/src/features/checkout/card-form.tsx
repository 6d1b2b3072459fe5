"use client";

import { Lock } from "lucide-react";
import { useId, useRef, useState } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { SavedPaymentMethod } from "@/lib/api/types";
import { useConfig } from "@/lib/config";
import { Button } from "@/ui/button";
import { Check } from "@/ui/check";
import { format_money } from "@/ui/money";
import { ErrorState, Notice } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { CardFrame, type CardFrameHandle } from "./card-frame";
import { card_expiry, card_words, useSaveCard, useSavedCards } from "./card-queries";
import type { Payment } from "./use-payment";

type CardChoiceProps = {
  cards: readonly SavedPaymentMethod[];
  /** The provider's name of the chosen card; null: another one is typed. */
  value: string | null;
  on_change: (payment_method_id: string | null) => void;
};

function CardChoice({ cards, value, on_change }: CardChoiceProps) {
  const name = useId();
  const choices = [
    ...cards.map((card) => ({
      id: card.payment_method_id as string | null,
      label: card_words(card),
      note: card_expiry(card),
    })),
    { id: null, label: "Another card", note: "" },
  ];
  return (
    <fieldset className="grid gap-2">
      <legend className="sr-only">Pay with</legend>
      {choices.map(({ id, label, note }) => (
        <label
          key={id ?? "new"}
          className="flex items-center gap-3 rounded-md border border-line-strong/60 px-3.5 py-3 has-checked:border-ink has-checked:bg-sunken has-focus-visible:outline-2 has-focus-visible:outline-focus"
        >
          <input
            type="radio"
            name={name}
            checked={value === id}
            onChange={() => on_change(id)}
            className="size-4 accent-ink"
          />
          <span className="flex-1 font-semibold">{label}</span>
          <span className="text-sm text-ink-muted tabular-nums">{note}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Paying by card: a saved one, or one typed into the provider's frame and kept if one wants. */
export function CardForm({ payment }: { payment: Payment }) {
  const config = useConfig();
  const saved = useSavedCards();
  const save = useSaveCard();
  const frame = useRef<CardFrameHandle>(null);
  const [picked, set_picked] = useState<string | null | undefined>(undefined);
  const [keeps, set_keeps] = useState(false);
  const { state } = payment;
  if (state.step !== "card") return null;

  if (config.isLoadingError) {
    return <ErrorState message={sentence_of(config.error)} on_retry={() => config.refetch()} />;
  }
  // Whose cards cannot be read pays with a typed one.
  const cards = saved.data ?? [];
  const chosen = picked === undefined ? (cards[0]?.payment_method_id ?? null) : picked;
  const card_of_payment = async () => {
    if (chosen) return chosen;
    if (!frame.current) throw new Error("the card frame is gone");
    const payment_method_id = await frame.current.tokenize();
    // A card is kept before it is paid with: afterwards the provider lets nobody use it again.
    if (keeps) await save.mutateAsync(payment_method_id);
    return payment_method_id;
  };
  const ready = config.data && !saved.isLoading;
  return (
    <form
      aria-label="Payment"
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void payment.pay(
          state.orders.map(({ id }) => id),
          card_of_payment,
        );
      }}
    >
      <h3 className="font-sans text-base font-semibold tracking-normal">Card</h3>
      {!ready && <Skeleton className="h-52" />}
      {ready && cards.length > 0 && <CardChoice cards={cards} value={chosen} on_change={set_picked} />}
      {ready && chosen === null && (
        <>
          <CardFrame ref={frame} url={config.data.card_frame_url} />
          <Check
            label="Keep this card for the next time"
            hint="With our payment provider; we never see its number."
            checked={keeps}
            onChange={(event) => set_keeps(event.target.checked)}
          />
        </>
      )}
      {state.message && <Notice>{state.message}</Notice>}
      <Button type="submit" look="buy" size="lg" busy={state.busy} disabled={!ready} className="w-full">
        <Lock aria-hidden /> Pay {format_money(state.total_amount_minor, state.currency)}
      </Button>
      <p className="text-center text-sm text-ink-muted">
        Your card is charged when the driver picks up the order.
      </p>
    </form>
  );
}
