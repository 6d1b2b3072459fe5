"use client";

import { ClipboardList } from "lucide-react";
import Link from "next/link";
import { sentence_of } from "@/lib/api/problem";
import type { Order, OrderStatus } from "@/lib/api/types";
import { address_line } from "@/ui/address/address-schema";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data-table";
import { Money } from "@/ui/money";
import { EmptyState, ErrorState } from "@/ui/states";
import { Card, Skeleton } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";
import { CancelByStore } from "./cancel-order";
import { OrderItems } from "./order-items";
import { is_closed, is_paid, order_words, store_step } from "./order-words";
import { useMoveOrder, useOrderUpdates, useStoreOrders } from "./queries";

const columns: { title: string; statuses: OrderStatus[]; empty: string }[] = [
  { title: "New", statuses: ["pending", "confirmed"], empty: "No new orders." },
  { title: "Preparing", statuses: ["preparing"], empty: "Nothing is being packed." },
  { title: "Ready", statuses: ["ready"], empty: "Nothing waits for a driver." },
  { title: "With the driver", statuses: ["picked_up", "in_transit"], empty: "Nothing is on its way." },
];

function OrderCard({ order, store_id }: { order: Order; store_id: string }) {
  const move = useMoveOrder(store_id, (fault) =>
    toast("danger", `${order.order_number} was not moved`, sentence_of(fault)),
  );
  const step = store_step(order);
  return (
    <Card role="article" aria-label={`Order ${order.order_number}`} className="grid animate-rise gap-3 p-4">
      <header className="flex items-baseline justify-between gap-2">
        <h3 className="font-sans text-base font-bold tracking-normal">
          <Link href={`/store/orders/${order.id}`} className="hover:underline">
            {order.order_number}
          </Link>
        </h3>
        <Moment at={order.created_at} className="text-sm text-ink-muted" />
      </header>
      <OrderItems order={order} />
      {order.notes && <p className="rounded-md bg-sunken px-3 py-2 text-sm">{order.notes}</p>}
      <p className="text-sm text-ink-muted">{address_line(order.shipping_address)}</p>
      <footer className="flex flex-wrap items-center gap-2">
        <Money
          amount_minor={order.total_amount_minor}
          currency={order.currency}
          className="flex-1 font-semibold"
        />
        {step ? (
          <Button
            size="sm"
            busy={move.isPending}
            aria-label={`${step.label}: ${order.order_number}`}
            onClick={() => move.mutate({ order_id: order.id, status: step.next })}
          >
            {step.label}
          </Button>
        ) : (
          <Badge tone={order_words(order).tone}>{order_words(order).label}</Badge>
        )}
        <CancelByStore order={order} store_id={store_id} />
      </footer>
    </Card>
  );
}

/** What is over: delivered, cancelled, refunded. */
function ClosedOrders({ orders }: { orders: readonly Order[] }) {
  if (orders.length === 0) return null;
  return (
    <section aria-label="Closed orders" className="mt-10 grid gap-3">
      <h2 className="text-lg">Closed</h2>
      <DataTable
        caption="Closed orders"
        rows={orders}
        row_key={(order) => order.id}
        columns={[
          {
            heading: "Order",
            cell: (order) => (
              <Link href={`/store/orders/${order.id}`} className="font-semibold hover:underline">
                {order.order_number}
              </Link>
            ),
          },
          { heading: "When", wide_only: true, cell: (order) => <Moment at={order.created_at} /> },
          {
            heading: "State",
            cell: (order) => <Badge tone={order_words(order).tone}>{order_words(order).label}</Badge>,
          },
          {
            heading: "Total",
            align: "right",
            cell: (order) => <Money amount_minor={order.total_amount_minor} currency={order.currency} />,
          },
        ]}
      />
    </section>
  );
}

/** The store's open orders in columns, moving as they are prepared and picked up. */
export function OrderBoard({ store_id }: { store_id: string }) {
  const orders = useStoreOrders(store_id);
  useOrderUpdates();
  if (orders.isLoadingError)
    return <ErrorState message={sentence_of(orders.error)} on_retry={() => orders.refetch()} />;
  if (!orders.data) return <Skeleton className="h-72" aria-label="Loading orders" />;
  if (orders.data.length === 0) {
    return (
      <EmptyState icon={ClipboardList} title="No orders yet">
        Orders appear here the moment they are paid.
      </EmptyState>
    );
  }
  return (
    <>
      <div className="grid gap-5 md:grid-cols-2 xl:grid-cols-4">
        {columns.map(({ title, statuses, empty }) => {
          const shown = orders.data.filter((order) => is_paid(order) && statuses.includes(order.status));
          return (
            <section key={title} aria-label={title} className="grid content-start gap-3">
              <h2 className="flex items-center gap-2 text-base">
                {title} <Badge>{shown.length}</Badge>
              </h2>
              {shown.map((order) => (
                <OrderCard key={order.id} order={order} store_id={store_id} />
              ))}
              {shown.length === 0 && (
                <p className="rounded-lg border border-dashed border-line-strong/50 px-4 py-6 text-center text-sm text-ink-muted">
                  {empty}
                </p>
              )}
            </section>
          );
        })}
      </div>
      <ClosedOrders orders={orders.data.filter(is_closed)} />
    </>
  );
}
