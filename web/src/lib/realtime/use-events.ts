"use client";

import { useEffect, useRef } from "react";
import type { ServerEvents } from "./events";
import { realtime } from "./socket";

type Handlers = Partial<ServerEvents> & { connect?: () => void; disconnect?: () => void };

/** Listens while mounted; the handlers may change from render to render. */
export function useEvents(handlers: Handlers, enabled = true): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  const names = Object.keys(handlers).sort().join(" ");
  useEffect(() => {
    if (!enabled || !names) return;
    const socket = realtime() as unknown as {
      on(name: string, listener: (payload: unknown) => void): void;
      off(name: string, listener: (payload: unknown) => void): void;
    };
    const attached = names.split(" ").map((name) => {
      const listener = (payload: unknown) => {
        const handler = latest.current[name as keyof Handlers] as ((payload: unknown) => void) | undefined;
        handler?.(payload);
      };
      socket.on(name, listener);
      return { name, listener };
    });
    return () => {
      for (const { name, listener } of attached) socket.off(name, listener);
    };
  }, [names, enabled]);
}
