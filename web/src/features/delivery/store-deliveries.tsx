"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Truck } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { api, body_of } from "@/lib/api/client";
import { useChange } from "@/lib/api/use-change";
import type { FailureReason, NearbyDriver, StoreDelivery } from "@/lib/api/types";
import { useEvents } from "@/lib/realtime/use-events";
import { address_line } from "@/ui/address/address-schema";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Loaded, refused } from "@/ui/loaded";
import { Sheet } from "@/ui/sheet";
import { EmptyState, Notice } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";
import { delivery_words } from "./delivery-words";

const keys = {
  list: (store_id: string) => ["deliveries", "store", store_id] as const,
  drivers: (store_id: string) => ["drivers", "near", store_id] as const,
};
/** What is not told by socket (drivers going on and off duty) is asked for this often, in milliseconds. */
const REFRESH_MS = 15_000;

const failure_words: Record<FailureReason, string> = {
  customer_absent: "Nobody was there",
  customer_refused: "The customer did not take it",
  damaged: "The parcel was damaged",
};

function useStoreDeliveries(store_id: string) {
  const queries = useQueryClient();
  const queryKey = keys.list(store_id);
  const refresh = () => void queries.invalidateQueries({ queryKey });
  useEvents({ "delivery:update": refresh, "delivery:unassignable": refresh, connect: refresh });
  return useQuery({
    queryKey,
    queryFn: async () =>
      (await body_of(api.GET("/api/v1/stores/{store_id}/deliveries", { params: { path: { store_id } } })))
        .deliveries,
    refetchInterval: REFRESH_MS,
  });
}

function useNearbyDrivers(store_id: string) {
  return useQuery({
    queryKey: keys.drivers(store_id),
    queryFn: async () =>
      (await body_of(api.GET("/api/v1/stores/{store_id}/drivers/nearby", { params: { path: { store_id } } })))
        .drivers,
    refetchInterval: REFRESH_MS,
  });
}

function driver_line({ distance_m, rating, rating_count }: NearbyDriver): string {
  const far = distance_m < 1000 ? `${Math.round(distance_m)} m` : `${(distance_m / 1000).toFixed(1)} km`;
  if (rating === undefined || rating_count === 0) return `${far} away, not rated yet`;
  return `${far} away, ${rating.toFixed(1)} of 5 from ${rating_count}`;
}

type AssignProps = { store_id: string; row: StoreDelivery; on_done: () => void };

/** Verified drivers who could take the job now, the nearest first. */
function AssignDriver({ store_id, row, on_done }: AssignProps) {
  const drivers = useNearbyDrivers(store_id);
  const delivery_id = row.delivery.id;
  const assign = useChange([keys.list(store_id), keys.drivers(store_id)], (driver_id: string) =>
    body_of(
      api.POST("/api/v1/stores/{store_id}/deliveries/{delivery_id}/assign", {
        params: { path: { store_id, delivery_id } },
        body: { driver_id },
      }),
    ),
  );
  return (
    <Loaded query={drivers} loading="Loading drivers near you" className="h-32">
      {(near) =>
        near.length === 0 ? (
          <EmptyState icon={Truck} title="No driver is free near you">
            As soon as one goes on duty they are asked, and shown here.
          </EmptyState>
        ) : (
          <ul aria-label="Drivers near" className="grid gap-2">
            {near.map((driver) => (
              <li
                key={driver.driver_id}
                className="flex items-center justify-between gap-3 rounded-md border border-line p-3"
              >
                <span className="min-w-0">
                  <span className="block font-semibold">{driver.name}</span>
                  <span className="block text-sm text-ink-muted">{driver_line(driver)}</span>
                </span>
                <Button
                  size="sm"
                  aria-label={`Give it to ${driver.name}`}
                  busy={assign.isPending && assign.variables === driver.driver_id}
                  onClick={() =>
                    assign.mutate(driver.driver_id, {
                      onSuccess: () => {
                        toast("success", `${driver.name} brings ${row.delivery.order_number}`);
                        on_done();
                      },
                      onError: refused(`${driver.name} did not get it`),
                    })
                  }
                >
                  Choose
                </Button>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

type CardProps = { store_id: string; row: StoreDelivery; on_assign: () => void };

function DeliveryCard({ store_id, row, on_assign }: CardProps) {
  const { delivery, driver_name, driver_last_seen_at, is_offered } = row;
  const path = { store_id, delivery_id: delivery.id };
  const take_back = useChange([keys.list(store_id)], () =>
    body_of(api.POST("/api/v1/stores/{store_id}/deliveries/{delivery_id}/return", { params: { path } })),
  );
  const words = delivery_words[delivery.status];
  const waits_for_return = delivery.status === "failed" && !delivery.returned_at;
  return (
    <Card role="article" aria-label={`Delivery of ${delivery.order_number}`} className="grid gap-3 p-4">
      <header className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="font-sans text-base font-bold tracking-normal">
          <Link href={`/store/orders/${delivery.order_id}`} className="hover:underline">
            {delivery.order_number}
          </Link>
        </h2>
        <Badge tone={words.tone}>{words.label}</Badge>
      </header>
      <p className="text-sm text-ink-muted">
        {address_line(delivery.dropoff_address)}, {delivery.distance_km.toFixed(1)} km
      </p>
      {driver_name && (
        <p>
          {driver_name}
          {driver_last_seen_at && (
            <span className="text-sm text-ink-muted">
              , last seen <Moment at={driver_last_seen_at} />
            </span>
          )}
        </p>
      )}
      {delivery.status === "pending" && is_offered && <p className="text-sm">A driver is being asked.</p>}
      {delivery.status === "pending" && delivery.unassignable_at && (
        <Notice tone="warning">No driver was found. Choose one yourself, or wait until one is near.</Notice>
      )}
      {delivery.failure_reason && <p className="text-sm">{failure_words[delivery.failure_reason]}.</p>}
      {delivery.returned_at && (
        <p className="text-sm text-ink-muted">
          Back at your store, <Moment at={delivery.returned_at} />
        </p>
      )}
      {delivery.status === "pending" && (
        <Button
          look="outline"
          size="sm"
          className="justify-self-start"
          aria-label={`Choose a driver for ${delivery.order_number}`}
          onClick={on_assign}
        >
          Choose a driver
        </Button>
      )}
      {waits_for_return && (
        <Button
          size="sm"
          className="justify-self-start"
          aria-label={`${delivery.order_number} is back`}
          busy={take_back.isPending}
          onClick={() => take_back.mutate(undefined, { onError: refused("Nothing was changed") })}
        >
          The parcel is back
        </Button>
      )}
    </Card>
  );
}

/** A store's parcels on their way, those that wait for a driver, and those that came back. */
export function StoreDeliveries({ store_id }: { store_id: string }) {
  const deliveries = useStoreDeliveries(store_id);
  const [assigning, set_assigning] = useState<StoreDelivery | null>(null);
  return (
    <>
      <Loaded query={deliveries} loading="Loading deliveries">
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState icon={Truck} title="Nothing is being delivered">
              A delivery begins when you mark an order as ready.
            </EmptyState>
          ) : (
            <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
              {rows.map((row) => (
                <DeliveryCard
                  key={row.delivery.id}
                  store_id={store_id}
                  row={row}
                  on_assign={() => set_assigning(row)}
                />
              ))}
            </div>
          )
        }
      </Loaded>
      {assigning && (
        <Sheet
          open
          place="side"
          on_open_change={(open) => open || set_assigning(null)}
          title={`A driver for ${assigning.delivery.order_number}`}
        >
          <AssignDriver store_id={store_id} row={assigning} on_done={() => set_assigning(null)} />
        </Sheet>
      )}
    </>
  );
}
