"use client";

import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import type { Delivery, Tracking } from "@/lib/api/types";
import type { DeliveryPosition } from "@/lib/realtime/events";
import { useEvents } from "@/lib/realtime/use-events";
import type { Point } from "@/ui/map/schematic-style";
import { ended } from "./delivery-words";

export const delivery_keys = {
  all: ["deliveries"] as const,
  mine: ["deliveries", "mine"] as const,
  duty: ["deliveries", "duty"] as const,
  offers: ["deliveries", "offers"] as const,
  nearby: (at: Point | null) => ["deliveries", "nearby", at] as const,
  tracking: (delivery_id: string) => ["deliveries", delivery_id, "tracking"] as const,
  /** Not among the others: who has given a job back may not read on, and would ask once more when the list changes. */
  messages: (delivery_id: string) => ["delivery-messages", delivery_id] as const,
  proof: (delivery_id: string) => ["deliveries", delivery_id, "proof"] as const,
  photo: (delivery_id: string) => ["deliveries", delivery_id, "photo"] as const,
};

/** New jobs are told by socket; asking now and then covers what a gap in the connection swallowed. In milliseconds. */
const NEARBY_REFRESH_MS = 10_000;
const NEARBY_RADIUS_M = 10_000;
/** Jobs are asked for again when the driver has moved by about this much of a degree (100 m). */
const NEARBY_STEP_DEG = 0.001;

const stepped = (value: number) => Math.round(value / NEARBY_STEP_DEG) * NEARBY_STEP_DEG;

/** The driver's own deliveries; a change of any of them, or of an open job, is told by socket. */
export function useMyDeliveries() {
  const queries = useQueryClient();
  const refresh = () => void queries.invalidateQueries({ queryKey: delivery_keys.all });
  useEvents({ "delivery:update": refresh, opened: refresh });
  return useQuery({
    queryKey: delivery_keys.mine,
    queryFn: async () => (await body_of(api.GET("/api/v1/deliveries"))).deliveries,
  });
}

export function useNearbyJobs(position: Point | null) {
  const at = position && { lat: stepped(position.lat), lng: stepped(position.lng) };
  return useQuery({
    queryKey: delivery_keys.nearby(at),
    queryFn: async ({ signal }) => {
      const query = { lat: at?.lat ?? 0, lng: at?.lng ?? 0, radius_m: NEARBY_RADIUS_M };
      return (await body_of(api.GET("/api/v1/deliveries/nearby", { params: { query }, signal }))).deliveries;
    },
    enabled: at !== null,
    refetchInterval: NEARBY_REFRESH_MS,
    placeholderData: (before) => before,
  });
}

function show_position(queries: QueryClient, { delivery_id, eta_s, ...location }: DeliveryPosition) {
  queries.setQueryData<Tracking>(delivery_keys.tracking(delivery_id), (tracking) => {
    const shown = tracking?.location?.recorded_at;
    if (!tracking || (shown && shown > location.recorded_at)) return tracking;
    return {
      ...tracking,
      eta_s: eta_s ?? tracking.eta_s,
      location: { ...tracking.location, ...location, heading: location.heading ?? undefined },
    };
  });
}

/** Where an order is, as the server tells it. */
export function useTracking(delivery_id: string) {
  const queries = useQueryClient();
  const queryKey = delivery_keys.tracking(delivery_id);
  const query = useQuery({
    queryKey,
    queryFn: () =>
      body_of(api.GET("/api/v1/deliveries/{delivery_id}/tracking", { params: { path: { delivery_id } } })),
  });
  useEvents({
    "delivery:location": (position) => {
      if (position.delivery_id === delivery_id) show_position(queries, position);
    },
    "delivery:update": ({ delivery }) => {
      if (delivery.id === delivery_id) void queries.invalidateQueries({ queryKey });
    },
    opened: () => void queries.invalidateQueries({ queryKey }),
  });
  return query;
}

/** The job the driver has in hand; null when free. A parcel that was not handed over is in hand until it is back. */
export function active_job(deliveries: readonly Delivery[]): Delivery | null {
  const in_hand = ({ status, returned_at }: Delivery) =>
    status === "failed" ? !returned_at : status !== "pending" && !ended.has(status);
  return deliveries.find(in_hand) ?? null;
}
