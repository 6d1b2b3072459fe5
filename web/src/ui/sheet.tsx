"use client";

import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./class-names";

type SheetProps = {
  open: boolean;
  on_open_change: (open: boolean) => void;
  title: string;
  description?: string;
  /** "side" docks to the right on wide screens, "centre" floats; both rise from the bottom on phones. */
  place?: "side" | "centre";
  /** The page behind stays visible and untouched (the video plays on). */
  see_through?: boolean;
  footer?: ReactNode;
  children: ReactNode;
};

const places = {
  side: "sm:inset-y-3 sm:right-3 sm:left-auto sm:w-[27rem] sm:max-h-none sm:rounded-xl",
  centre:
    "sm:inset-x-0 sm:top-[8vh] sm:bottom-auto sm:mx-auto sm:w-[34rem] sm:max-h-[84vh] sm:rounded-xl sm:data-[state=open]:animate-pop-in sm:data-[state=closed]:animate-fade-out",
};

/** A modal panel: bottom sheet on phones, dialog or side panel on wide screens. */
export function Sheet(props: SheetProps) {
  const { open, on_open_change, title, description, place = "centre", see_through, footer, children } = props;
  return (
    <Dialog.Root open={open} onOpenChange={on_open_change}>
      <Dialog.Portal>
        <Dialog.Overlay
          className={cn(
            "fixed inset-0 z-40 data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in",
            see_through ? "bg-black/25" : "bg-black/55",
          )}
        />
        <Dialog.Content
          className={cn(
            "fixed inset-x-0 bottom-0 z-50 flex max-h-[88dvh] flex-col rounded-t-2xl bg-surface text-ink shadow-high data-[state=closed]:animate-sheet-down data-[state=open]:animate-sheet-up",
            places[place],
          )}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <div className="mx-auto mt-2 h-1 w-10 rounded-full bg-line sm:hidden" aria-hidden />
          <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
            <div>
              <Dialog.Title className="text-xl">{title}</Dialog.Title>
              {description && (
                <Dialog.Description className="mt-1 text-sm text-ink-muted">{description}</Dialog.Description>
              )}
            </div>
            <Dialog.Close asChild>
              <Button look="quiet" size="icon-sm" aria-label="Close" className="-mt-1 -mr-2">
                <X aria-hidden />
              </Button>
            </Dialog.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pb-5">{children}</div>
          {footer && (
            <footer className="border-t border-line px-5 pt-4 pb-[max(1rem,env(safe-area-inset-bottom))]">
              {footer}
            </footer>
          )}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
