"use client";

import { useMemo } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { Tracking } from "@/lib/api/types";
import { Badge } from "@/ui/badge";
import { MapCanvas } from "@/ui/map/map";
import type { MapMarker } from "@/ui/map/map-view";
import { ErrorState, Notice } from "@/ui/states";
import { Card, Skeleton } from "@/ui/surfaces";
import { format_eta, useNowSeconds } from "@/ui/time";
import { DeliveryProof, DoorCode, NoteForDriver, RateTheDelivery } from "./after-delivery";
import { delivery_words, ended, failure_words } from "./delivery-words";
import { DeliveryMessages } from "./messages";
import { useTracking } from "./queries";

/** A position older than this is said to be old, in seconds. */
const STALE_AFTER_S = 30;

function useMarkers({ delivery, location, driver_name }: Tracking): MapMarker[] {
  const { pickup_address: pickup, dropoff_address: dropoff } = delivery;
  return useMemo(
    () => [
      { key: "store", kind: "store", label: delivery.store_name, lat: pickup.lat, lng: pickup.lng },
      { key: "home", kind: "home", label: "Your address", lat: dropoff.lat, lng: dropoff.lng },
      ...(location
        ? [
            {
              key: "driver",
              kind: "driver" as const,
              label: driver_name ? `Driver ${driver_name}` : "Driver",
              lat: location.lat,
              lng: location.lng,
            },
          ]
        : []),
    ],
    [delivery.store_name, pickup, dropoff, location, driver_name],
  );
}

function Freshness({ recorded_at }: { recorded_at: string }) {
  const now = useNowSeconds();
  const age_s = now - Date.parse(recorded_at) / 1000;
  if (!now || age_s < STALE_AFTER_S) return null;
  return (
    <p className="text-sm text-warning">
      Last position {Math.round(age_s)} s ago; the driver may be offline.
    </p>
  );
}

function TrackingMap({ tracking }: { tracking: Tracking }) {
  const markers = useMarkers(tracking);
  const { delivery, driver_name, location, eta_s } = tracking;
  const path = useMemo(
    () =>
      location ? [location, delivery.dropoff_address] : [delivery.pickup_address, delivery.dropoff_address],
    [location, delivery],
  );
  const words = delivery_words[delivery.status];
  return (
    <Card className="grid gap-4 overflow-hidden p-4">
      <MapCanvas label="Map of your delivery" markers={markers} path={path} className="h-72 sm:h-96" />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p role="status" className="flex flex-wrap items-center gap-2">
          <Badge tone={words.tone}>{words.label}</Badge>
          {driver_name && <span>{driver_name}</span>}
        </p>
        {eta_s != null && !ended.has(delivery.status) && (
          <p className="font-semibold">Arrives in {format_eta(eta_s)}</p>
        )}
      </div>
      {location?.recorded_at && !ended.has(delivery.status) && (
        <Freshness recorded_at={location.recorded_at} />
      )}
    </Card>
  );
}

/** The customer's view of a delivery: the driver on the map between pick-up and door, and all that goes with it. */
export function TrackDelivery({ delivery_id }: { delivery_id: string }) {
  const tracking = useTracking(delivery_id);
  if (tracking.isLoadingError) {
    return <ErrorState message={sentence_of(tracking.error)} on_retry={() => tracking.refetch()} />;
  }
  if (!tracking.data) return <Skeleton className="h-80" aria-label="Loading the map" />;
  const { delivery, dropoff_code } = tracking.data;
  const over = ended.has(delivery.status);
  return (
    <>
      <TrackingMap tracking={tracking.data} />
      {delivery.failure_reason && (
        <Notice tone="warning">{`${failure_words[delivery.failure_reason]}. The parcel goes back to the store.`}</Notice>
      )}
      {dropoff_code && !over && <DoorCode code={dropoff_code} />}
      {!over && (
        <Card className="p-4">
          <NoteForDriver key={delivery.id} delivery={delivery} />
        </Card>
      )}
      <DeliveryMessages delivery={delivery} me="customer" other="the driver" />
      {(delivery.status === "delivered" || delivery.status === "failed") && (
        <DeliveryProof delivery_id={delivery.id} />
      )}
      {delivery.status === "delivered" && <RateTheDelivery tracking={tracking.data} />}
    </>
  );
}
