"use client";

import { ShoppingBag, Trash2 } from "lucide-react";
import Link from "next/link";
import { sentence_of } from "@/lib/api/problem";
import type { CartItem } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Money } from "@/ui/money";
import { EmptyState, ErrorState } from "@/ui/states";
import { Stepper } from "@/ui/stepper";
import { Card, Skeleton } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { by_store } from "./cart-groups";
import { useCart, useChangeCart } from "./queries";

function CartLine({ item }: { item: CartItem }) {
  const change = useChangeCart((fault) => toast("danger", "The cart was not changed", sentence_of(fault)));
  const set_quantity = (quantity: number) => change.mutate({ item_id: item.id, quantity });
  return (
    <li className="flex gap-3 py-4">
      {item.image_url && (
        <img src={item.image_url} alt="" className="size-20 shrink-0 rounded-md bg-sunken object-cover" />
      )}
      <div className="min-w-0 flex-1">
        <Link href={`/products/${item.product_id}`} className="font-semibold hover:underline">
          {item.name}
        </Link>
        <p className="text-sm text-ink-muted">{item.variant_name}</p>
        <div className="mt-2 flex items-center gap-2">
          <Stepper
            label="Quantity"
            value={item.quantity}
            max={Math.min(10, item.stock_quantity)}
            on_change={set_quantity}
          />
          <Button
            look="quiet"
            size="icon-sm"
            aria-label={`Remove ${item.name}`}
            onClick={() => set_quantity(0)}
          >
            <Trash2 aria-hidden />
          </Button>
        </div>
        {item.stock_quantity < item.quantity && (
          <p role="status" className="mt-1 text-sm text-danger">
            {item.stock_quantity === 0 ? "Sold out: remove it to go on" : `Only ${item.stock_quantity} left`}
          </p>
        )}
      </div>
      <Money amount_minor={item.total_minor} currency={item.currency} className="font-semibold" />
    </li>
  );
}

export function CartView() {
  const cart = useCart();
  if (cart.isLoadingError)
    return <ErrorState message={sentence_of(cart.error)} on_retry={() => cart.refetch()} />;
  if (!cart.data) return <Skeleton className="h-64" aria-label="Loading the cart" />;
  if (cart.data.items.length === 0) {
    return (
      <EmptyState
        icon={ShoppingBag}
        title="Your cart is empty"
        action={
          <Button asChild look="buy">
            <Link href="/">See who is live</Link>
          </Button>
        }
      >
        Things you put aside while watching wait here.
      </EmptyState>
    );
  }
  const { items, currency, subtotal_minor } = cart.data;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="grid gap-5">
        {by_store(items).map((group) => (
          <Card key={group.store_id} className="px-5 pt-4 pb-1">
            <h2 className="text-lg">{group.store_name}</h2>
            <ul className="divide-y divide-line">
              {group.items.map((item) => (
                <CartLine key={item.id} item={item} />
              ))}
            </ul>
          </Card>
        ))}
      </div>
      <Card className="grid gap-4 p-5 lg:sticky lg:top-20">
        <p className="flex justify-between text-lg font-bold">
          Items <Money amount_minor={subtotal_minor} currency={currency} />
        </p>
        <p className="text-sm text-ink-muted">Delivery and tax are shown before you pay.</p>
        <Button asChild look="buy" size="lg">
          <Link href="/checkout">Check out</Link>
        </Button>
      </Card>
    </div>
  );
}
