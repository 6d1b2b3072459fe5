"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, body_of } from "@/lib/api/client";
import { useUser } from "@/lib/auth/use-session";
import { ask, realtime } from "@/lib/realtime/socket";
import { useEvents } from "@/lib/realtime/use-events";

/** By socket while it is connected, so that new jobs are told to it from then on; by request otherwise. */
async function set_available(available: boolean): Promise<boolean> {
  if (realtime().connected) await ask("driver:available", { available });
  else await body_of(api.PUT("/api/v1/deliveries/availability", { body: { available } }));
  return available;
}

/** Whether the driver takes jobs. This tab remembers it over a reload and says it again to each new connection. */
export function useAvailability() {
  const key = `liveshop:available:${useUser()?.id}`;
  const [available, remember] = useState(() => sessionStorage.getItem(key) === "true");
  const change = useMutation({
    mutationFn: set_available,
    onSuccess: (now) => {
      remember(now);
      sessionStorage.setItem(key, String(now));
    },
  });
  useEvents({ connect: () => available && change.mutate(true) });
  return { available, change };
}
