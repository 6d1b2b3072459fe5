"use client";

import { ExternalLink } from "lucide-react";
import { useMemo } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { Delivery } from "@/lib/api/types";
import type { Position } from "@/lib/realtime/events";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Confirm } from "@/ui/confirm";
import { MapCanvas } from "@/ui/map/map";
import type { MapMarker } from "@/ui/map/map-view";
import { PriceTag } from "@/ui/money";
import { Notice } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { before_pickup } from "./delivery-words";
import { useJobStep, type JobStep } from "./driver-queries";
import { HandOver } from "./hand-over";
import { Route } from "./job-card";
import { DeliveryMessages } from "./messages";
import { ReportFailure } from "./report-failure";

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

/** What the driver does next; for a parcel that was not handed over that is to bring it back. */
const stages = {
  to_store: { label: "Go to the store", tone: "info" },
  to_customer: { label: "Go to the customer", tone: "accent" },
  back: { label: "Bring it back to the store", tone: "danger" },
} as const;

function stage_of({ status }: Delivery): keyof typeof stages {
  if (status === "failed") return "back";
  return before_pickup.has(status) ? "to_store" : "to_customer";
}

function Steps({ delivery }: { delivery: Delivery }) {
  const step = useJobStep();
  const take = (next: JobStep) => step.mutate({ delivery_id: delivery.id, ...next });
  const busy = (name: JobStep["step"]) => step.isPending && step.variables.step === name;
  const simple = (name: "arrive" | "pickup" | "depart" | "return", words: string, look?: "outline") => (
    <Button
      size="lg"
      look={look}
      busy={busy(name)}
      disabled={step.isPending}
      onClick={() => take({ step: name })}
    >
      {words}
    </Button>
  );
  const { status } = delivery;
  const stage = stage_of(delivery);
  return (
    <div className="grid gap-3">
      {step.isError && <Notice>{sentence_of(step.error)}</Notice>}
      {status === "accepted" && simple("arrive", "I am at the store", "outline")}
      {stage === "to_store" && simple("pickup", "Confirm pick-up")}
      {status === "picked_up" && simple("depart", "Set off", "outline")}
      {status === "in_transit" && simple("arrive", "I am at the door", "outline")}
      {stage === "to_customer" && (
        <HandOver
          delivery={delivery}
          busy={busy("complete")}
          on_complete={(proof) => take({ step: "complete", proof })}
        />
      )}
      {stage === "back" && simple("return", "It is back at the store")}
      {stage === "to_store" && (
        <Confirm
          label="Give the job back"
          title="Give this job back?"
          description="Another driver is asked for it at once."
          action="Give it back"
          busy={busy("cancel")}
          on_confirm={() => take({ step: "cancel" })}
        />
      )}
      {stage === "to_customer" && (
        <ReportFailure busy={busy("fail")} on_report={(report) => take({ step: "fail", report })} />
      )}
    </div>
  );
}

/** The job in hand: where to go next, and the button that comes next. */
export function ActiveJob({ delivery, position }: ActiveJobProps) {
  const markers = useJobMarkers(delivery, position);
  const stage = stage_of(delivery);
  const target = stage === "to_customer" ? delivery.dropoff_address : delivery.pickup_address;
  const path = useMemo(
    () => (position ? [position, target] : [delivery.pickup_address, delivery.dropoff_address]),
    [position, target, delivery],
  );

  return (
    <section aria-label="Active job" className="grid gap-4">
      <MapCanvas label="Map of this job" markers={markers} path={path} className="h-64" />
      <Card className="grid gap-4 p-4">
        <div className="flex items-center justify-between gap-2">
          <Badge tone={stages[stage].tone}>{stages[stage].label}</Badge>
          <span className="text-sm text-ink-muted">{delivery.order_number}</span>
        </div>
        <Route delivery={delivery} />
        {delivery.note && (
          <p className="rounded-md bg-sunken px-3.5 py-2.5">
            <span className="block text-sm text-ink-muted">The customer says</span>
            {delivery.note}
          </p>
        )}
        <Button asChild look="outline">
          <a href={`geo:${target.lat},${target.lng}?q=${target.lat},${target.lng}`}>
            <ExternalLink aria-hidden /> Open in a navigation app
          </a>
        </Button>
        <Steps key={delivery.id} delivery={delivery} />
        <p className="flex items-center justify-between text-sm text-ink-muted">
          You earn
          <PriceTag
            amount_minor={delivery.driver_earnings_minor}
            currency={delivery.currency}
            className="text-base"
          />
        </p>
      </Card>
      <DeliveryMessages delivery={delivery} me="driver" other="the customer" />
    </section>
  );
}
