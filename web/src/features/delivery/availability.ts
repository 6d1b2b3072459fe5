"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import type { DriverDuty } from "@/lib/api/types";
import { ask, realtime } from "@/lib/realtime/socket";
import { useEvents } from "@/lib/realtime/use-events";
import { useDuty } from "./driver-queries";
import { delivery_keys } from "./queries";

/** By socket while it is connected, so that new jobs are told to it from then on; by request otherwise. */
async function set_available(available: boolean): Promise<boolean> {
  if (realtime().connected) await ask("driver:available", { available });
  else await body_of(api.PUT("/api/v1/deliveries/availability", { body: { available } }));
  return available;
}

/** Whether the driver takes jobs; said again to each new connection. */
export function useAvailability() {
  const queries = useQueryClient();
  const duty = useDuty();
  const available = duty.data?.available ?? false;
  const change = useMutation({
    mutationFn: set_available,
    onSuccess: (now) =>
      queries.setQueryData<DriverDuty>(delivery_keys.duty, (known) => known && { ...known, available: now }),
  });
  useEvents({ connect: () => available && change.mutate(true) });
  return { duty, available, change };
}
