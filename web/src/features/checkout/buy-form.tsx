"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { z } from "zod";
import type { Address, Product } from "@/lib/api/types";
import { address_draft, address_input, address_schema, type AddressValue } from "@/ui/address/address-schema";
import { Button } from "@/ui/button";
import { Money } from "@/ui/money";
import { Notice } from "@/ui/states";
import { Stepper } from "@/ui/stepper";
import { DeliveryAddress } from "./delivery-address";
import type { Payment } from "./use-payment";
import { first_available, VariantChoice } from "./variant-choice";

const QUANTITY_MAX = 10;
const schema = z.object({ address: address_schema });

type BuyFormProps = {
  product: Product;
  stream_id?: string;
  /** Where things go to begin with. */
  usual_address: Address | null;
  payment: Payment;
};

/** What, how many and where to; reserves the items and goes on to the card. */
export function BuyForm({ product, stream_id, usual_address, payment }: BuyFormProps) {
  const [variant_id, set_variant_id] = useState(() => first_available(product)?.id ?? "");
  const [quantity, set_quantity] = useState(1);
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { address: address_draft(usual_address) as AddressValue },
  });
  const variant = product.variants.find(({ id }) => id === variant_id);
  const { state } = payment;
  const busy = state.step === "choose" && state.busy;
  const message = state.step === "choose" ? state.message : null;

  const submit = form.handleSubmit(({ address }) =>
    payment.reserve({
      items: [{ variant_id, quantity }],
      shipping_address: address_input(address),
      ...(stream_id ? { stream_id } : {}),
    }),
  );

  return (
    <FormProvider {...form}>
      <form onSubmit={submit} noValidate className="grid gap-5" aria-label={`Buy ${product.name}`}>
        <div className="flex items-center gap-3">
          {product.images[0] && (
            <img src={product.images[0]} alt="" className="size-16 rounded-md bg-sunken object-cover" />
          )}
          <p className="font-semibold">{product.name}</p>
        </div>
        {product.variants.length > 1 && (
          <VariantChoice product={product} value={variant_id} on_change={set_variant_id} />
        )}
        <div className="flex items-center justify-between">
          <span className="text-sm font-semibold">Quantity</span>
          <Stepper
            label="Quantity"
            value={quantity}
            max={Math.max(1, Math.min(QUANTITY_MAX, variant?.stock_quantity ?? 1))}
            on_change={set_quantity}
          />
        </div>
        <DeliveryAddress />
        {message && <Notice>{message}</Notice>}
        <Button
          type="submit"
          look="buy"
          size="lg"
          busy={busy}
          disabled={!variant || variant.stock_quantity === 0}
        >
          {variant && variant.stock_quantity === 0 ? "Sold out" : "Continue to payment"}
          {variant && variant.stock_quantity > 0 && (
            <span className="font-medium opacity-75">
              <Money amount_minor={variant.price_minor * quantity} currency={product.currency} />
            </span>
          )}
        </Button>
      </form>
    </FormProvider>
  );
}
