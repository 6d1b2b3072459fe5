"use client";

import { useEffect, useImperativeHandle, useRef, useState, type Ref } from "react";
import { cn } from "@/ui/class-names";
import { Skeleton } from "@/ui/surfaces";

type FrameMessage =
  | { type: "liveshop:card_ready" }
  | { type: "liveshop:card_height"; height: number }
  | { type: "liveshop:payment_method"; payment_method_id: string }
  | { type: "liveshop:card_error"; message: string };

/** Asks the frame for a payment method; rejects with the frame's own sentence. */
export type CardFrameHandle = { tokenize: () => Promise<string> };

type Pending = { resolve: (payment_method_id: string) => void; reject: (fault: Error) => void };

const HEIGHT_MIN_PX = 60;
const HEIGHT_MAX_PX = 480;
const TOKENIZE_TIMEOUT_MS = 15_000;

export class CardError extends Error {}

function is_frame_message(data: unknown): data is FrameMessage {
  return (
    typeof data === "object" && data !== null && "type" in data && String(data.type).startsWith("liveshop:")
  );
}

/** The frame's address in the look of this page. */
function themed(url: string): URL {
  const address = new URL(url);
  address.searchParams.set("theme", document.documentElement.dataset.theme === "dark" ? "dark" : "light");
  return address;
}

type CardFrameProps = { url: string; ref: Ref<CardFrameHandle> };

/**
 * The card's number is typed into a frame of another origin, so that this page never sees it: only the name of a
 * payment method comes out.
 */
export function CardFrame({ url, ref }: CardFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const pending = useRef<Pending | null>(null);
  const [ready, set_ready] = useState(false);
  const [height_px, set_height_px] = useState(220);
  const [address] = useState(() => themed(url));
  const { origin } = address;

  useEffect(() => {
    const listen = (event: MessageEvent<unknown>) => {
      if (event.origin !== origin || event.source !== frame.current?.contentWindow) return;
      if (!is_frame_message(event.data)) return;
      switch (event.data.type) {
        case "liveshop:card_ready":
          return set_ready(true);
        case "liveshop:card_height":
          return set_height_px(Math.min(HEIGHT_MAX_PX, Math.max(HEIGHT_MIN_PX, event.data.height)));
        case "liveshop:payment_method":
          return pending.current?.resolve(event.data.payment_method_id);
        case "liveshop:card_error":
          return pending.current?.reject(new CardError(event.data.message));
      }
    };
    window.addEventListener("message", listen);
    return () => window.removeEventListener("message", listen);
  }, [origin]);

  useImperativeHandle(
    ref,
    () => ({
      tokenize: () =>
        new Promise<string>((resolve, reject) => {
          const timer = setTimeout(
            () => reject(new CardError("The card form did not answer. Reload the page and try again.")),
            TOKENIZE_TIMEOUT_MS,
          );
          pending.current = {
            resolve: (payment_method_id) => (clearTimeout(timer), resolve(payment_method_id)),
            reject: (fault) => (clearTimeout(timer), reject(fault)),
          };
          frame.current?.contentWindow?.postMessage({ type: "liveshop:tokenize" }, origin);
        }),
    }),
    [origin],
  );

  return (
    <div className="relative" style={{ height: height_px }}>
      {!ready && <Skeleton className="absolute inset-0" />}
      <iframe
        ref={frame}
        src={address.href}
        title="Card details"
        allow="payment"
        className={cn("size-full transition-opacity", ready ? "opacity-100" : "opacity-0")}
        // A frame that loads without saying so is shown all the same.
        onLoad={() => set_ready(true)}
      />
    </div>
  );
}
