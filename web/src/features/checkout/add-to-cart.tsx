"use client";

import { ShoppingBag } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { Product } from "@/lib/api/types";
import { fresh_token } from "@/lib/auth/session";
import { Button } from "@/ui/button";
import { PriceTag } from "@/ui/money";
import { Stepper } from "@/ui/stepper";
import { toast } from "@/ui/toast";
import { useAddToCart } from "./queries";
import { first_available, VariantChoice } from "./variant-choice";

/** Choosing on the product's page: variant, quantity, into the cart or straight to buying. */
export function AddToCart({ product, on_buy }: { product: Product; on_buy: () => void }) {
  const [variant_id, set_variant_id] = useState(() => first_available(product)?.id ?? "");
  const [quantity, set_quantity] = useState(1);
  const router = useRouter();
  const add = useAddToCart();
  const variant = product.variants.find(({ id }) => id === variant_id);
  if (!variant) return null;
  const sold_out = variant.stock_quantity === 0;

  const put_in_cart = async () => {
    // Whether somebody is signed in may not be known yet when the page has just loaded; a failure to ask is told below.
    const token = await fresh_token().catch(() => undefined);
    if (token === null) {
      router.push(`/sign-in?next=${encodeURIComponent(`/products/${product.id}`)}`);
      return;
    }
    add.mutate(
      { variant_id, quantity },
      {
        onSuccess: () => toast("success", "Added to your cart", product.name),
        onError: (fault) => toast("danger", "Not added", sentence_of(fault)),
      },
    );
  };

  return (
    <div className="grid gap-5">
      <PriceTag
        amount_minor={variant.price_minor}
        compare_at_minor={variant.compare_at_price_minor}
        currency={product.currency}
        sold_out={sold_out}
        className="justify-self-start text-2xl"
      />
      {product.variants.length > 1 && (
        <VariantChoice product={product} value={variant_id} on_change={set_variant_id} />
      )}
      <div className="flex flex-wrap gap-3">
        <Stepper
          label="Quantity"
          value={quantity}
          max={Math.max(1, Math.min(10, variant.stock_quantity))}
          on_change={set_quantity}
        />
        <Button
          look="outline"
          disabled={sold_out}
          busy={add.isPending}
          onClick={() => void put_in_cart()}
          className="flex-1"
        >
          <ShoppingBag aria-hidden /> Add to cart
        </Button>
        <Button look="buy" disabled={sold_out} onClick={on_buy} className="flex-1">
          {sold_out ? "Sold out" : "Buy now"}
        </Button>
      </div>
    </div>
  );
}
