"use client";

import type { Product, Variant } from "@/lib/api/types";
import { Money } from "@/ui/money";

type VariantChoiceProps = { product: Product; value: string; on_change: (variant_id: string) => void };

function note_of({ stock_quantity }: Variant): string | null {
  if (stock_quantity === 0) return "Sold out";
  return stock_quantity <= 5 ? `Only ${stock_quantity} left` : null;
}

/** The variants as large radio buttons with price and what is left. */
export function VariantChoice({ product, value, on_change }: VariantChoiceProps) {
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-semibold">Variant</legend>
      <div className="grid grid-cols-2 gap-2">
        {product.variants.map((variant) => {
          const note = note_of(variant);
          return (
            <label
              key={variant.id}
              className="grid gap-0.5 rounded-md border border-line-strong/60 px-3 py-2.5 has-checked:border-ink has-checked:bg-sunken has-checked:shadow-[inset_0_0_0_1px_var(--ink)] has-focus-visible:outline-2 has-focus-visible:outline-focus has-disabled:opacity-55"
            >
              <input
                type="radio"
                name={`variant-${product.id}`}
                value={variant.id}
                checked={value === variant.id}
                disabled={variant.stock_quantity === 0}
                onChange={() => on_change(variant.id)}
                className="sr-only"
              />
              <span className="font-semibold">{variant.name}</span>
              <span className="flex flex-wrap justify-between gap-x-2 text-sm text-ink-muted">
                <Money amount_minor={variant.price_minor} currency={product.currency} />
                {note && <span className="text-danger">{note}</span>}
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

/** The variant shown first: the first that can be bought. */
export function first_available(product: Product): Variant | null {
  return product.variants.find(({ stock_quantity }) => stock_quantity > 0) ?? product.variants[0] ?? null;
}
