"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ClipboardList } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { api, body_of } from "@/lib/api/client";
import { useChange } from "@/lib/api/use-change";
import type { Order, OrderPaymentStatus, OrderStatus } from "@/lib/api/types";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data-table";
import { Field, Input, Select } from "@/ui/field";
import { Loaded, refused } from "@/ui/loaded";
import { Money } from "@/ui/money";
import { EmptyState } from "@/ui/states";
import { Moment } from "@/ui/time";
import { toast } from "@/ui/toast";
import { order_words, payment_words, waits_for_capture } from "./order-words";

const key = ["admin", "orders"] as const;
const statuses: readonly OrderStatus[] = [
  "pending",
  "confirmed",
  "preparing",
  "ready",
  "picked_up",
  "in_transit",
  "delivered",
  "cancelled",
  "refunded",
];

type Filter = { order_number: string; status: OrderStatus | ""; payment_status: OrderPaymentStatus | "" };

function useAllOrders({ order_number, status, payment_status }: Filter) {
  return useInfiniteQuery({
    queryKey: [...key, order_number, status, payment_status],
    queryFn: ({ pageParam }) =>
      body_of(
        api.GET("/api/v1/admin/orders", {
          params: {
            query: {
              ...(order_number && { order_number }),
              ...(status && { status }),
              ...(payment_status && { payment_status }),
              ...(pageParam && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? null,
    placeholderData: keepPreviousData,
  });
}

function Capture({ order }: { order: Order }) {
  const capture = useChange([key], () =>
    body_of(api.POST("/api/v1/orders/{order_id}/capture", { params: { path: { order_id: order.id } } })),
  );
  return (
    <Button
      look="outline"
      size="sm"
      aria-label={`Charge ${order.order_number}`}
      busy={capture.isPending}
      onClick={() =>
        capture.mutate(undefined, {
          onSuccess: () => toast("success", `${order.order_number} is charged`),
          onError: refused(`${order.order_number} was not charged`),
        })
      }
    >
      Charge
    </Button>
  );
}

function OrdersTable({ orders }: { orders: Order[] }) {
  return (
    <DataTable
      caption="Orders"
      rows={orders}
      row_key={({ id }) => id}
      columns={[
        {
          heading: "Order",
          cell: ({ order_number, store_name }) => (
            <span className="font-semibold">
              {order_number}
              <span className="block text-sm font-normal text-ink-muted">{store_name}</span>
            </span>
          ),
        },
        {
          heading: "State",
          cell: (order) => (
            <>
              <Badge tone={order_words(order).tone}>{order_words(order).label}</Badge>
              <span className="mt-1 block text-sm text-ink-muted">{payment_words[order.payment_status]}</span>
            </>
          ),
        },
        { heading: "When", wide_only: true, cell: ({ created_at }) => <Moment at={created_at} /> },
        {
          heading: "Total",
          align: "right",
          cell: (order) => (
            <span className="grid justify-items-end gap-1.5">
              <Money amount_minor={order.total_amount_minor} currency={order.currency} />
              {waits_for_capture(order) && <Capture order={order} />}
            </span>
          ),
        },
      ]}
    />
  );
}

/** Every order of the marketplace, the newest first. */
export function AdminOrders() {
  const [typed, set_typed] = useState("");
  const [status, set_status] = useState<OrderStatus | "">("");
  const [payment_status, set_payment_status] = useState<OrderPaymentStatus | "">("");
  const orders = useAllOrders({ order_number: useDeferredValue(typed.trim()), status, payment_status });
  return (
    <div className="grid gap-4">
      <form
        role="search"
        aria-label="Orders"
        className="grid gap-3 sm:grid-cols-3"
        onSubmit={(event) => event.preventDefault()}
      >
        <Field label="Order number">
          <Input
            type="search"
            maxLength={20}
            value={typed}
            onChange={(event) => set_typed(event.target.value)}
          />
        </Field>
        <Field label="State">
          <Select value={status} onChange={(event) => set_status(event.target.value as OrderStatus | "")}>
            <option value="">All</option>
            {statuses.map((each) => (
              <option key={each} value={each}>
                {order_words({ status: each, payment_status: "captured" }).label}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Payment">
          <Select
            value={payment_status}
            onChange={(event) => set_payment_status(event.target.value as OrderPaymentStatus | "")}
          >
            <option value="">All</option>
            {Object.entries(payment_words).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </Select>
        </Field>
      </form>
      <Loaded query={orders} loading="Loading orders">
        {({ pages }) => {
          const all = pages.flatMap((page) => page.orders);
          if (all.length === 0) return <EmptyState icon={ClipboardList} title="No orders found" />;
          return <OrdersTable orders={all} />;
        }}
      </Loaded>
      {orders.hasNextPage && (
        <Button
          look="outline"
          className="justify-self-start"
          busy={orders.isFetchingNextPage}
          onClick={() => orders.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </div>
  );
}
