"use client";

import { useEffect, useRef } from "react";
import type { ServerEvents } from "./events";
import { realtime } from "./socket";

type Handlers = Partial<ServerEvents> & {
  /** Every connection, the first one and those after a loss. */
  connect?: () => void;
  disconnect?: () => void;
  /**
   * The first connection, where there was none yet: what happened between loading and listening was told to nobody.
   * Gaps that come later are made good by the QueryProvider for all that is shown.
   */
  opened?: () => void;
};

type Listener = (payload: unknown) => void;
type AnySocket = {
  connected: boolean;
  on(name: string, listener: Listener): void;
  once(name: string, listener: Listener): void;
  off(name: string, listener: Listener): void;
};

/** Listens while mounted; the handlers may change from render to render. */
export function useEvents(handlers: Handlers, enabled = true): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  const names = Object.keys(handlers).sort().join(" ");
  useEffect(() => {
    if (!enabled || !names) return;
    const socket = realtime() as unknown as AnySocket;
    const attached = names.split(" ").map((name) => {
      const listener: Listener = (payload) => {
        const handler = latest.current[name as keyof Handlers] as Listener | undefined;
        handler?.(payload);
      };
      const event = name === "opened" ? "connect" : name;
      if (event === name) socket.on(event, listener);
      else if (!socket.connected) socket.once(event, listener);
      return { event, listener };
    });
    return () => {
      for (const { event, listener } of attached) socket.off(event, listener);
    };
  }, [names, enabled]);
}
