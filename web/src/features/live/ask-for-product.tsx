"use client";

import { Check, Hand } from "lucide-react";
import { useState } from "react";
import type { Product } from "@/lib/api/types";
import { ask } from "@/lib/realtime/socket";
import { Button } from "@/ui/button";
import { refused } from "@/ui/loaded";
import { Money } from "@/ui/money";
import { device_id } from "./device-id";
import { invitation } from "./queries";

function Wish({ stream_id, product }: { stream_id: string; product: Product }) {
  const [state, set_state] = useState<"idle" | "asking" | "asked">("idle");
  const request = () => {
    set_state("asking");
    const input = { stream_id, product_id: product.id, device_id: device_id(), ...invitation() };
    ask("stream:product:request", input).then(
      () => set_state("asked"),
      (refusal: unknown) => {
        set_state("idle");
        refused("The host was not asked")(refusal);
      },
    );
  };
  return (
    <li className="flex items-center gap-3 py-3">
      {product.images[0] && (
        <img src={product.images[0]} alt="" className="size-14 shrink-0 rounded-md bg-sunken object-cover" />
      )}
      <span className="min-w-0 flex-1">
        <span className="block truncate font-semibold">{product.name}</span>
        <Money
          amount_minor={product.price_minor}
          currency={product.currency}
          className="text-sm text-ink-muted"
        />
      </span>
      <Button
        look="outline"
        size="sm"
        busy={state === "asking"}
        disabled={state === "asked"}
        aria-label={state === "asked" ? `Asked for ${product.name}` : `Ask for ${product.name}`}
        onClick={request}
      >
        {state === "asked" ? <Check aria-hidden /> : <Hand aria-hidden />}
        {state === "asked" ? "Asked" : "Ask"}
      </Button>
    </li>
  );
}

/** What the store sells: the host sees how many ask for what. */
export function AskForProduct({ stream_id, products }: { stream_id: string; products: readonly Product[] }) {
  return (
    <ul aria-label="Products to ask for" className="divide-y divide-line">
      {products.map((product) => (
        <Wish key={product.id} stream_id={stream_id} product={product} />
      ))}
    </ul>
  );
}
