"use client";

import { Bike, Clock } from "lucide-react";
import type { ReactNode } from "react";
import type { Store } from "@/lib/api/types";
import { weekday_words, weekdays } from "@/lib/weekdays";
import { Badge } from "@/ui/badge";
import { Money } from "@/ui/money";
import { Card } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { hours_of } from "./hours-draft";

/** Whether orders are prepared now, or from when on. */
export function OpenNow({ store }: { store: Store }) {
  if (store.closed_at) return <Badge tone="danger">Closed for good</Badge>;
  if (store.is_open) return <Badge tone="success">Open now</Badge>;
  return (
    <>
      <Badge tone="warning">Closed now</Badge>
      {store.opens_at && (
        <span className="text-ink-muted">
          Opens <Moment at={store.opens_at} />
        </span>
      )}
    </>
  );
}

function Hours({ store }: { store: Store }) {
  if (store.opening_hours.length === 0) return <p className="text-ink-muted">Open around the clock.</p>;
  return (
    <>
      <dl className="grid gap-1.5">
        {weekdays.map((weekday) => {
          const hours = hours_of(store.opening_hours, weekday);
          return (
            <div key={weekday} className="flex justify-between gap-4">
              <dt className="text-ink-muted">{weekday_words[weekday]}</dt>
              <dd className="text-right tabular-nums">
                {hours.length === 0
                  ? "Closed"
                  : hours.map(({ opens, closes }) => `${opens}–${closes}`).join(", ")}
              </dd>
            </div>
          );
        })}
      </dl>
      {store.holidays.length > 0 && (
        <p className="text-sm text-ink-muted">
          Closed on {store.holidays.map(({ date, name }) => (name ? `${date} (${name})` : date)).join(", ")}.
        </p>
      )}
      <p className="text-sm text-ink-muted">Times of {store.time_zone.replaceAll("_", " ")}</p>
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-ink-muted">{label}</dt>
      <dd className="text-right">{children}</dd>
    </div>
  );
}

/** Opening hours, and what delivery costs and asks for. */
export function StoreFacts({ store }: { store: Store }) {
  const { currency, delivery_radius_m, minimum_order_minor, preparation_time_s } = store;
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <Card role="region" aria-label="Opening hours" className="grid gap-3 p-5">
        <h2 className="flex items-center gap-2 text-lg">
          <Clock className="size-5" aria-hidden /> Opening hours
        </h2>
        <Hours store={store} />
      </Card>
      <Card role="region" aria-label="Delivery" className="grid gap-3 p-5">
        <h2 className="flex items-center gap-2 text-lg">
          <Bike className="size-5" aria-hidden /> Delivery
        </h2>
        <dl className="grid gap-1.5">
          <Fact label="Fee from">
            <Money amount_minor={store.delivery_fee_minor} currency={currency} />
          </Fact>
          {minimum_order_minor > 0 && (
            <Fact label="Orders from">
              <Money amount_minor={minimum_order_minor} currency={currency} />
            </Fact>
          )}
          {delivery_radius_m !== undefined && (
            <Fact label="Delivers within">{(delivery_radius_m / 1000).toLocaleString("en")} km</Fact>
          )}
          <Fact label="Packed in about">{Math.max(1, Math.round(preparation_time_s / 60))} min</Fact>
        </dl>
      </Card>
    </div>
  );
}
