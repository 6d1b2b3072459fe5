"use client";

import { ChevronRight, Package } from "lucide-react";
import Link from "next/link";
import { sentence_of } from "@/lib/api/problem";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Money } from "@/ui/money";
import { EmptyState, ErrorState } from "@/ui/states";
import { Card, Skeleton } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { order_words } from "./order-words";
import { useMyOrders, useOrderUpdates } from "./queries";

/** Everything the customer has ordered, newest first. */
export function OrderList() {
  const orders = useMyOrders();
  useOrderUpdates();
  if (orders.isLoadingError)
    return <ErrorState message={sentence_of(orders.error)} on_retry={() => orders.refetch()} />;
  if (!orders.data) return <Skeleton className="h-48" aria-label="Loading your orders" />;
  if (orders.data.length === 0) {
    return (
      <EmptyState
        icon={Package}
        title="No orders yet"
        action={
          <Button asChild look="buy">
            <Link href="/">See who is live</Link>
          </Button>
        }
      >
        What you buy shows up here, with every step to your door.
      </EmptyState>
    );
  }
  return (
    <ul className="grid gap-3">
      {orders.data.map((order) => (
        <li key={order.id}>
          <Link href={`/orders/${order.id}`} className="block rounded-lg">
            <Card className="flex items-center gap-4 p-4 transition-colors hover:border-line-strong">
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <span className="font-semibold">{order.store_name}</span>
                  <Badge tone={order_words(order).tone}>{order_words(order).label}</Badge>
                </p>
                <p className="truncate text-ink-muted">{order.items.map(({ name }) => name).join(", ")}</p>
                <p className="text-sm text-ink-muted">
                  {order.order_number} · <Moment at={order.created_at} />
                </p>
              </div>
              <Money
                amount_minor={order.total_amount_minor}
                currency={order.currency}
                className="font-semibold"
              />
              <ChevronRight className="size-5 text-ink-muted" aria-hidden />
            </Card>
          </Link>
        </li>
      ))}
    </ul>
  );
}
