"use client";

import { useSyncExternalStore } from "react";

/** "4:07" or "1:02:33" of whole seconds. */
export function format_duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours, minutes, rest] = parts as [number, number, number];
  const padded = String(rest).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${padded}` : `${minutes}:${padded}`;
}

/** "about 12 min" of seconds to go. */
export function format_eta(eta_s: number): string {
  const minutes = Math.max(1, Math.round(eta_s / 60));
  return minutes < 60 ? `about ${minutes} min` : `about ${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

let now_s = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const watchers = new Set<() => void>();

function subscribe(watcher: () => void) {
  watchers.add(watcher);
  timer ??= setInterval(() => {
    now_s = Math.floor(Date.now() / 1000);
    for (const each of watchers) each();
  }, 1000);
  return () => {
    watchers.delete(watcher);
    if (watchers.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The wall clock in whole seconds, one shared timer; 0 while rendered on the server. */
export function useNowSeconds(): number {
  return useSyncExternalStore(
    subscribe,
    () => (now_s ||= Math.floor(Date.now() / 1000)),
    () => 0,
  );
}

export function Elapsed({ since, className }: { since: string; className?: string }) {
  const now = useNowSeconds();
  return (
    <time dateTime={since} className={className}>
      {now ? format_duration(now - Date.parse(since) / 1000) : "0:00"}
    </time>
  );
}

/** A moment in the reader's own zone; rendered in the browser only, where that zone is known. */
export function Moment({ at, className }: { at: string; className?: string }) {
  const now = useNowSeconds();
  const moment = new Date(at);
  const same_day = now && moment.toDateString() === new Date(now * 1000).toDateString();
  const text = moment.toLocaleString("en", {
    ...(same_day ? {} : { day: "numeric", month: "short" }),
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
  return (
    <time dateTime={at} className={className} suppressHydrationWarning>
      {now ? text : ""}
    </time>
  );
}
