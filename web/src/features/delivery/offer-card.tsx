"use client";

import { Timer } from "lucide-react";
import type { Offer } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { PriceTag } from "@/ui/money";
import { Card } from "@/ui/surfaces";
import { format_duration, useNowSeconds } from "@/ui/time";
import { refused } from "@/ui/loaded";
import { useAnswerOffer } from "./driver-queries";
import { kilometres, Route } from "./job-card";

/** A job this driver is asked to take, and how long the question stands. */
export function OfferCard({ offer }: { offer: Offer }) {
  const { delivery } = offer;
  const answer = useAnswerOffer();
  const now = useNowSeconds();
  const left_s = Math.max(0, Math.ceil(Date.parse(offer.expires_at) / 1000 - now));
  if (now && left_s === 0) return null;
  const reply = (accept: boolean) =>
    answer.mutate(
      { offer_id: offer.id, accept },
      { onError: refused(accept ? "Not taken" : "Still offered to you") },
    );
  return (
    <Card
      role="article"
      aria-label={`Offer ${delivery.order_number}`}
      className="grid animate-rise gap-4 border-accent p-4 shadow-mid"
    >
      <div className="flex items-center justify-between gap-3">
        <PriceTag
          amount_minor={delivery.driver_earnings_minor}
          currency={delivery.currency}
          className="text-xl"
        />
        <p className="flex items-center gap-1.5 font-semibold tabular-nums">
          <Timer className="size-5" aria-hidden />
          <span className="sr-only">Answer within </span>
          {now ? format_duration(left_s) : ""}
        </p>
      </div>
      <Route delivery={delivery} />
      <p className="text-sm text-ink-muted tabular-nums">
        {kilometres.format(offer.distance_m / 1000)} km to the store,{" "}
        {kilometres.format(delivery.distance_km)} km to the customer
      </p>
      <div className="grid grid-cols-[1fr_2fr] gap-2">
        <Button
          look="outline"
          size="lg"
          disabled={answer.isPending}
          aria-label={`Decline offer ${delivery.order_number}`}
          onClick={() => reply(false)}
        >
          Decline
        </Button>
        <Button
          size="lg"
          busy={answer.isPending && answer.variables.accept}
          disabled={answer.isPending}
          aria-label={`Accept offer ${delivery.order_number}`}
          onClick={() => reply(true)}
        >
          Accept
        </Button>
      </div>
    </Card>
  );
}
