"use client";

import { CreditCard, Plus } from "lucide-react";
import { useRef, useState } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { SavedPaymentMethod } from "@/lib/api/types";
import { useConfig } from "@/lib/config";
import { Button } from "@/ui/button";
import { Confirm } from "@/ui/confirm";
import { Loaded, refused } from "@/ui/loaded";
import { Sheet } from "@/ui/sheet";
import { EmptyState, Notice } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { CardError, CardFrame, type CardFrameHandle } from "./card-frame";
import { card_expiry, card_words, useForgetCard, useSaveCard, useSavedCards } from "./card-queries";

function AddCard({ on_done }: { on_done: () => void }) {
  const config = useConfig();
  const save = useSaveCard();
  const frame = useRef<CardFrameHandle>(null);
  const [fault, set_fault] = useState<string | null>(null);
  const [busy, set_busy] = useState(false);

  const submit = async () => {
    set_busy(true);
    set_fault(null);
    try {
      const payment_method_id = await frame.current?.tokenize();
      if (!payment_method_id) return;
      await save.mutateAsync(payment_method_id);
      toast("success", "Card saved");
      on_done();
    } catch (refusal) {
      set_fault(refusal instanceof CardError ? refusal.message : sentence_of(refusal));
    } finally {
      set_busy(false);
    }
  };

  return (
    <Loaded query={config} loading="Loading the card form" className="h-52">
      {({ card_frame_url }) => (
        <form
          aria-label="New card"
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <CardFrame ref={frame} url={card_frame_url} />
          {fault && <Notice>{fault}</Notice>}
          <Button type="submit" size="lg" busy={busy}>
            Save card
          </Button>
        </form>
      )}
    </Loaded>
  );
}

function SavedCard({ card }: { card: SavedPaymentMethod }) {
  const forget = useForgetCard();
  const words = card_words(card);
  return (
    <li>
      <Card className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4">
        <CreditCard className="size-6 shrink-0 text-ink-muted" aria-hidden />
        <p className="min-w-0 flex-1 basis-40">
          <span className="block font-semibold">{words}</span>
          <span className="text-sm text-ink-muted">Good until {card_expiry(card)}</span>
        </p>
        <Confirm
          label="Remove"
          name={`Remove ${words}`}
          title="Remove this card?"
          description={`${words} is forgotten here and at our payment provider. Orders already paid stay as they are.`}
          action="Remove it"
          busy={forget.isPending}
          on_confirm={() => forget.mutate(card.id, { onError: refused("The card is still there") })}
        />
      </Card>
    </li>
  );
}

/** The cards kept at the payment provider: its number is never with us. */
export function SavedCards() {
  const cards = useSavedCards();
  const [adding, set_adding] = useState(false);
  const add = (
    <Button onClick={() => set_adding(true)}>
      <Plus aria-hidden /> Add a card
    </Button>
  );
  return (
    <Loaded query={cards} loading="Loading your cards" className="h-40">
      {(saved) => (
        <>
          {saved.length === 0 ? (
            <EmptyState icon={CreditCard} title="No saved cards" action={add}>
              Keep a card with our payment provider, and paying takes one tap.
            </EmptyState>
          ) : (
            <div className="grid gap-3">
              <ul aria-label="Saved cards" className="grid gap-3">
                {saved.map((card) => (
                  <SavedCard key={card.id} card={card} />
                ))}
              </ul>
              <div>{add}</div>
            </div>
          )}
          <Sheet open={adding} on_open_change={set_adding} title="New card">
            <AddCard on_done={() => set_adding(false)} />
          </Sheet>
        </>
      )}
    </Loaded>
  );
}
