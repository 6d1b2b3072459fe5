"use client";

import { CancelByStore } from "@/features/checkout/cancel-order";
import { OrderProgress, OrderReceipt } from "@/features/checkout/order-detail";
import { order_words, store_step } from "@/features/checkout/order-words";
import { useMoveOrder, useOrder, useOrderUpdates } from "@/features/checkout/queries";
import { Refunds } from "@/features/checkout/refunds";
import { is_missing, sentence_of } from "@/lib/api/problem";
import type { Order } from "@/lib/api/types";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Loaded, refused } from "@/ui/loaded";
import { NothingHere } from "@/ui/nothing-here";
import { PageHeader } from "@/ui/shell/page";
import { Card } from "@/ui/surfaces";
import { Moment } from "@/ui/time";

const actor_words: Record<Order["timeline"][number]["actor_type"], string> = {
  customer: "the customer",
  store_staff: "the store",
  driver: "the driver",
  system: "the platform",
};

function Timeline({ order }: { order: Order }) {
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="text-lg">What happened</h2>
      <ol aria-label="Timeline" className="divide-y divide-line">
        {order.timeline.map((entry) => (
          <li key={entry.created_at + entry.status} className="py-2">
            <span className="font-semibold">{order_words({ ...order, status: entry.status }).label}</span>{" "}
            <span className="text-sm text-ink-muted">
              by {actor_words[entry.actor_type]}, <Moment at={entry.created_at} />
            </span>
            {entry.note && <span className="block text-sm">{entry.note}</span>}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function NextStep({ order }: { order: Order }) {
  const move = useMoveOrder(order.store_id, refused(`${order.order_number} was not moved`));
  const step = store_step(order);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Badge tone={order_words(order).tone}>{order_words(order).label}</Badge>
      <CancelByStore order={order} store_id={order.store_id} />
      {step && (
        <Button
          size="sm"
          busy={move.isPending}
          onClick={() => move.mutate({ order_id: order.id, status: step.next })}
        >
          {step.label}
        </Button>
      )}
    </div>
  );
}

/** One order as its store sees it. */
export function StoreOrder({ order_id }: { order_id: string }) {
  const order = useOrder(order_id);
  useOrderUpdates();
  if (is_missing(order.error)) return <NothingHere>{sentence_of(order.error)}</NothingHere>;
  return (
    <Loaded query={order} loading="Loading the order">
      {(found) => (
        <>
          <PageHeader title={found.order_number} actions={<NextStep order={found} />} />
          <div className="grid items-start gap-5 lg:grid-cols-2">
            <div className="grid gap-5">
              <OrderReceipt order={found} />
              <Refunds order={found} />
            </div>
            <div className="grid gap-5">
              <Card className="p-5">
                <OrderProgress order={found} />
              </Card>
              {found.notes && (
                <Card className="p-5">
                  <h2 className="text-lg">From the customer</h2>
                  <p>{found.notes}</p>
                </Card>
              )}
              <Timeline order={found} />
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}
