"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { ShoppingBag } from "lucide-react";
import { FormProvider, useForm } from "react-hook-form";
import { z } from "zod";
import { sentence_of } from "@/lib/api/problem";
import type { Address, Cart } from "@/lib/api/types";
import { address_draft, address_input, address_schema, type AddressValue } from "@/ui/address/address-schema";
import { Button } from "@/ui/button";
import { Field, Textarea } from "@/ui/field";
import { EmptyState, ErrorState, Notice } from "@/ui/states";
import { Card, Skeleton } from "@/ui/surfaces";
import { DeliveryAddress } from "./delivery-address";
import { PaymentPanel } from "./payment-panel";
import { useCart, useUsualAddress } from "./queries";
import { usePayment, type Payment } from "./use-payment";

const schema = z.object({ address: address_schema, notes: z.string().trim().max(500) });

/** The whole cart, bought: address, then the card. */
export function CheckoutView() {
  const cart = useCart();
  const usual = useUsualAddress();
  const payment = usePayment();

  if (payment.state.step !== "choose") {
    return (
      <Card className="p-5">
        <PaymentPanel payment={payment} />
      </Card>
    );
  }
  if (cart.isLoadingError)
    return <ErrorState message={sentence_of(cart.error)} on_retry={() => cart.refetch()} />;
  if (!cart.data || usual.is_loading) return <Skeleton className="h-80" aria-label="Loading" />;
  if (cart.data.items.length === 0) {
    return <EmptyState icon={ShoppingBag} title="There is nothing to pay for" />;
  }
  return <AddressStep cart={cart.data} usual_address={usual.address} payment={payment} />;
}

type AddressStepProps = { cart: Cart; usual_address: Address | null; payment: Payment };

function AddressStep({ cart, usual_address, payment }: AddressStepProps) {
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: { address: address_draft(usual_address) as AddressValue, notes: "" },
  });
  const { state } = payment;
  if (state.step !== "choose") return null;
  const submit = form.handleSubmit(({ address, notes }) =>
    payment.reserve({ shipping_address: address_input(address), ...(notes ? { notes } : {}) }),
  );
  return (
    <FormProvider {...form}>
      <form onSubmit={submit} noValidate aria-label="Delivery" className="grid gap-5">
        <Card className="grid gap-4 p-5">
          <DeliveryAddress />
          <Field label="Note for the driver" optional>
            <Textarea rows={2} {...form.register("notes")} />
          </Field>
        </Card>
        {state.message && <Notice>{state.message}</Notice>}
        <Button type="submit" look="buy" size="lg" busy={state.busy}>
          Continue to payment
        </Button>
        <p className="text-center text-sm text-ink-muted">
          {cart.items.length === 1 ? "One item" : `${cart.items.length} items`}, held for you while you pay.
        </p>
      </form>
    </FormProvider>
  );
}
