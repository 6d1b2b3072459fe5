"use client";

import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { useSyncExternalStore, type ReactNode } from "react";
import { cn } from "./class-names";

export type ToastKind = "success" | "danger" | "info";
type Item = { key: number; kind: ToastKind; title: string; detail?: string };

const SHOWN_MAX = 3;
const DURATION_MS = 6000;

let items: readonly Item[] = [];
let next_key = 1;
const listeners = new Set<() => void>();

function change(next: readonly Item[]) {
  items = next;
  for (const listener of listeners) listener();
}

/** Shows a short message at the edge of the page; the oldest of more than three goes. */
export function toast(kind: ToastKind, title: string, detail?: string): void {
  change([...items, { key: next_key++, kind, title, detail }].slice(-SHOWN_MAX));
}

const none: readonly Item[] = [];
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const icons = { success: CircleCheck, danger: CircleAlert, info: Info };
const colours = { success: "text-success", danger: "text-danger", info: "text-info" };

export function Toaster({ children }: { children: ReactNode }) {
  const shown = useSyncExternalStore(
    subscribe,
    () => items,
    () => none,
  );
  return (
    <Radix.Provider duration={DURATION_MS} label="Notification">
      {children}
      {shown.map((item) => {
        const Icon = icons[item.kind];
        return (
          <Radix.Root
            key={item.key}
            type={item.kind === "danger" ? "foreground" : "background"}
            onOpenChange={(open) => open || change(items.filter((other) => other.key !== item.key))}
            className="flex items-start gap-3 rounded-lg border border-line bg-raised p-3.5 pr-2 shadow-high data-[state=open]:animate-rise"
          >
            <Icon className={cn("mt-0.5 size-5 shrink-0", colours[item.kind])} aria-hidden />
            <div className="min-w-0 flex-1">
              <Radix.Title className="font-semibold">{item.title}</Radix.Title>
              {item.detail && (
                <Radix.Description className="text-sm text-ink-muted">{item.detail}</Radix.Description>
              )}
            </div>
            <Radix.Close className="rounded-sm p-1.5 text-ink-muted hover:bg-sunken" aria-label="Dismiss">
              <X className="size-4" aria-hidden />
            </Radix.Close>
          </Radix.Root>
        );
      })}
      <Radix.Viewport className="fixed top-[max(0.75rem,env(safe-area-inset-top))] right-0 left-0 z-60 mx-auto flex w-[min(24rem,calc(100vw-1.5rem))] flex-col gap-2 sm:right-4 sm:left-auto" />
    </Radix.Provider>
  );
}
