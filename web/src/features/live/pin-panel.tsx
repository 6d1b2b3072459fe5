"use client";

import { Pin, PinOff } from "lucide-react";
import { sentence_of } from "@/lib/api/problem";
import type { Product, Stream } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { cn } from "@/ui/class-names";
import { Money } from "@/ui/money";
import { toast } from "@/ui/toast";
import { usePin, usePins } from "./queries";

type PinPanelProps = { stream: Stream; products: readonly Product[] };

/** The store's products, to be pinned under the picture and taken down again. */
export function PinPanel({ stream, products }: PinPanelProps) {
  const pin = usePin(stream.id);
  const pinned_ids = new Set(usePins(stream.id).map(({ id }) => id));

  const change = (product: Product, pinned: boolean) =>
    pin.mutate(
      { product_id: product.id, pinned },
      { onError: (fault) => toast("danger", `${product.name} was not changed`, sentence_of(fault)) },
    );

  return (
    <ul className="grid gap-2 md:grid-cols-2" aria-label="Products to pin">
      {products.map((product) => {
        const pinned = pinned_ids.has(product.id);
        const stock = product.variants.reduce((sum, { stock_quantity }) => sum + stock_quantity, 0);
        return (
          <li
            key={product.id}
            className={cn(
              "flex items-center gap-3 rounded-md border border-line bg-surface p-2",
              pinned && "border-ink shadow-[inset_0_0_0_1px_var(--ink)]",
            )}
          >
            {product.images[0] && (
              <img
                src={product.images[0]}
                alt=""
                className="size-11 shrink-0 rounded-sm bg-sunken object-cover"
              />
            )}
            <div className="min-w-0 flex-1">
              <p className="truncate font-semibold">{product.name}</p>
              <p className="text-sm text-ink-muted">
                <Money amount_minor={product.price_minor} currency={product.currency} /> ·{" "}
                {stock === 0 ? "sold out" : `${stock} in stock`}
              </p>
            </div>
            <Button
              look={pinned ? "solid" : "outline"}
              size="sm"
              aria-label={`${pinned ? "Unpin" : "Pin"} ${product.name}`}
              busy={pin.isPending && pin.variables.product_id === product.id}
              onClick={() => change(product, !pinned)}
            >
              {pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
              {pinned ? "Unpin" : "Pin"}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
