"use client";

import type { Product } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { PriceTag } from "@/ui/money";

type PinnedProductProps = {
  product: Product;
  /** Stock over all variants, as last heard. */
  sold_out: boolean;
  on_buy: () => void;
};

/** The product being shown now, with its price on a tag that swings in when it is pinned. */
export function PinnedProduct({ product, sold_out, on_buy }: PinnedProductProps) {
  return (
    <section
      aria-label="Pinned product"
      className="flex animate-rise items-center gap-3 rounded-lg bg-surface p-2.5 pr-3 text-ink shadow-high"
    >
      {product.images[0] && (
        <img src={product.images[0]} alt="" className="size-16 shrink-0 rounded-md bg-sunken object-cover" />
      )}
      <div className="min-w-0 flex-1">
        <h2
          className="truncate font-sans text-[0.9375rem] font-semibold tracking-normal"
          style={{ fontStretch: "100%" }}
        >
          {product.name}
        </h2>
        <PriceTag
          key={product.id}
          amount_minor={product.price_minor}
          currency={product.currency}
          sold_out={sold_out}
          className="mt-1 animate-tag-swing text-[0.9375rem]"
        />
      </div>
      <Button
        look="buy"
        disabled={sold_out}
        onClick={on_buy}
        aria-label={sold_out ? "Sold out" : `Buy ${product.name}`}
      >
        {sold_out ? "Sold out" : "Buy"}
      </Button>
    </section>
  );
}
