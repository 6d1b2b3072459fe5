"use client";

import { Navigation, Store } from "lucide-react";
import type { Delivery } from "@/lib/api/types";
import { address_line } from "@/ui/address/address-schema";
import { Button } from "@/ui/button";
import { PriceTag } from "@/ui/money";
import { Card } from "@/ui/surfaces";

export const kilometres = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export function Route({ delivery }: { delivery: Delivery }) {
  return (
    <dl className="grid gap-2.5">
      <div className="flex gap-3">
        <dt>
          <Store className="mt-0.5 size-5 text-ink-muted" aria-hidden />
          <span className="sr-only">Pick up at</span>
        </dt>
        <dd>
          <span className="block font-semibold">{delivery.store_name}</span>
          <span className="text-ink-muted">{address_line(delivery.pickup_address)}</span>
        </dd>
      </div>
      <div className="flex gap-3">
        <dt>
          <Navigation className="mt-0.5 size-5 text-ink-muted" aria-hidden />
          <span className="sr-only">Deliver to</span>
        </dt>
        <dd className="text-ink-muted">{address_line(delivery.dropoff_address)}</dd>
      </div>
    </dl>
  );
}

type JobCardProps = { delivery: Delivery; busy: boolean; disabled: boolean; on_accept: () => void };

/** A job that can be taken: what it pays, how far, from where to where. */
export function JobCard({ delivery, busy, disabled, on_accept }: JobCardProps) {
  return (
    <Card role="article" aria-label={`Job ${delivery.order_number}`} className="grid animate-rise gap-4 p-4">
      <div className="flex items-center justify-between">
        <PriceTag
          amount_minor={delivery.driver_earnings_minor}
          currency={delivery.currency}
          className="text-xl"
        />
        <span className="text-ink-muted tabular-nums">{kilometres.format(delivery.distance_km)} km</span>
      </div>
      <Route delivery={delivery} />
      <Button
        size="lg"
        busy={busy}
        disabled={disabled}
        onClick={on_accept}
        aria-label={`Accept job ${delivery.order_number}`}
      >
        Accept
      </Button>
    </Card>
  );
}
