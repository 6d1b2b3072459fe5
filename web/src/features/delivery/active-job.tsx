"use client";

import { ExternalLink, PackageCheck } from "lucide-react";
import { useMemo, useState } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { Delivery } from "@/lib/api/types";
import type { Position } from "@/lib/realtime/events";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { MapCanvas } from "@/ui/map/map";
import type { MapMarker } from "@/ui/map/map-view";
import { PriceTag } from "@/ui/money";
import { Notice } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { before_pickup } from "./delivery-words";
import { Route } from "./job-card";
import { useJobStep } from "./queries";

type ActiveJobProps = { delivery: Delivery; position: Position | null };

function useJobMarkers(delivery: Delivery, position: Position | null): MapMarker[] {
  const { pickup_address: pickup, dropoff_address: dropoff } = delivery;
  return useMemo(
    () => [
      { key: "store", kind: "store", label: "Pick up here", lat: pickup.lat, lng: pickup.lng },
      { key: "home", kind: "home", label: "Deliver here", lat: dropoff.lat, lng: dropoff.lng },
      ...(position
        ? [{ key: "driver", kind: "driver" as const, label: "You", lat: position.lat, lng: position.lng }]
        : []),
    ],
    [pickup, dropoff, position],
  );
}

/** The job in hand: where to go next, and the one button that comes next. */
export function ActiveJob({ delivery, position }: ActiveJobProps) {
  const step = useJobStep();
  const [note, set_note] = useState("");
  const markers = useJobMarkers(delivery, position);
  const to_store = before_pickup.has(delivery.status);
  const target = to_store ? delivery.pickup_address : delivery.dropoff_address;
  const path = useMemo(
    () => (position ? [position, target] : [delivery.pickup_address, delivery.dropoff_address]),
    [position, target, delivery],
  );

  return (
    <section aria-label="Active job" className="grid gap-4">
      <MapCanvas label="Map of this job" markers={markers} path={path} className="h-64" />
      <Card className="grid gap-4 p-4">
        <div className="flex items-center justify-between gap-2">
          <Badge tone={to_store ? "info" : "accent"}>
            {to_store ? "Go to the store" : "Go to the customer"}
          </Badge>
          <span className="text-sm text-ink-muted">{delivery.order_number}</span>
        </div>
        <Route delivery={delivery} />
        <Button asChild look="outline">
          <a href={`geo:${target.lat},${target.lng}?q=${target.lat},${target.lng}`}>
            <ExternalLink aria-hidden /> Open in a navigation app
          </a>
        </Button>
        {step.isError && <Notice>{sentence_of(step.error)}</Notice>}
        {to_store ? (
          <Button
            size="lg"
            busy={step.isPending}
            onClick={() => step.mutate({ delivery_id: delivery.id, step: "pickup" })}
          >
            Confirm pick-up
          </Button>
        ) : (
          <>
            <Field label="Note on the delivery" optional>
              <Input
                placeholder="Left with a neighbour…"
                maxLength={300}
                value={note}
                onChange={(event) => set_note(event.target.value)}
              />
            </Field>
            <Button
              size="lg"
              busy={step.isPending}
              onClick={() => step.mutate({ delivery_id: delivery.id, step: "complete", note: note.trim() })}
            >
              <PackageCheck aria-hidden /> Complete delivery
            </Button>
          </>
        )}
        <p className="flex items-center justify-between text-sm text-ink-muted">
          You earn
          <PriceTag
            amount_minor={delivery.driver_earnings_minor}
            currency={delivery.currency}
            className="text-base"
          />
        </p>
      </Card>
    </section>
  );
}
