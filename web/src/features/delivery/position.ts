"use client";

import { useEffect, useRef, useState } from "react";
import { api, body_of } from "@/lib/api/client";
import type { Position } from "@/lib/realtime/events";
import { ask, realtime } from "@/lib/realtime/socket";

/** Positions go out at most this often, in milliseconds. */
const SEND_EVERY_MS = 1000;

const faults: Record<number, string> = {
  1: "Location is blocked. Allow it in the browser's settings: without it no jobs can be found.",
  2: "Your position is not known at the moment. Go outdoors or switch on location services.",
  3: "Your position takes too long to find. Go outdoors or switch on location services.",
};

function position_of({ coords }: GeolocationPosition): Position {
  const { latitude: lat, longitude: lng, heading, speed, accuracy } = coords;
  return {
    lat,
    lng,
    accuracy,
    ...(heading !== null && !Number.isNaN(heading) ? { heading } : {}),
    ...(speed !== null ? { speed } : {}),
  };
}

/** By socket while it is connected, by request otherwise. */
async function send_position(position: Position): Promise<void> {
  if (realtime().connected) await ask("driver:location", position);
  else await body_of(api.PUT("/api/v1/deliveries/location", { body: position }));
}

/** The driver's own position while `watching`; sent to the server as it changes while `sending`. */
export function usePosition(watching: boolean, sending: boolean) {
  const [position, set_position] = useState<Position | null>(null);
  const [fault, set_fault] = useState<string | null>(null);

  useEffect(() => {
    if (!watching) return;
    const watch = navigator.geolocation.watchPosition(
      (fix) => {
        set_position(position_of(fix));
        set_fault(null);
      },
      ({ code }) => set_fault(faults[code] ?? faults[2]!),
      { enableHighAccuracy: true, maximumAge: 2000 },
    );
    return () => navigator.geolocation.clearWatch(watch);
  }, [watching]);

  useSender(sending ? position : null);
  return { position, fault };
}

/** Sends the latest position, never two within a second; a newer one replaces the one that waits. */
function useSender(position: Position | null) {
  const sent_at_ms = useRef(0);
  useEffect(() => {
    if (!position) return;
    const wait_ms = Math.max(0, sent_at_ms.current + SEND_EVERY_MS - Date.now());
    const timer = setTimeout(() => {
      sent_at_ms.current = Date.now();
      send_position(position).catch((refusal: unknown) => console.warn("position not sent:", refusal));
    }, wait_ms);
    return () => clearTimeout(timer);
  }, [position]);
}
