"use client";

import { OrderActions, OrderProgress, OrderReceipt } from "@/features/checkout/order-detail";
import { OrderRefunds } from "@/features/checkout/order-refunds";
import { order_words } from "@/features/checkout/order-words";
import { useOrder, useOrderUpdates } from "@/features/checkout/queries";
import { TrackDelivery } from "@/features/delivery/track-delivery";
import { is_missing, sentence_of } from "@/lib/api/problem";
import { Badge } from "@/ui/badge";
import { PageHeader } from "@/ui/shell/page";
import { NothingHere } from "@/ui/nothing-here";
import { ErrorState } from "@/ui/states";
import { Card, Skeleton } from "@/ui/surfaces";

/** One order from payment to the door, following along by itself. */
export function OrderView({ order_id }: { order_id: string }) {
  const query = useOrder(order_id);
  useOrderUpdates();
  const order = query.data;
  if (is_missing(query.error)) return <NothingHere>{sentence_of(query.error)}</NothingHere>;
  if (query.isLoadingError)
    return <ErrorState message={sentence_of(query.error)} on_retry={() => query.refetch()} />;
  if (!order) return <Skeleton className="h-96" aria-label="Loading the order" />;
  const words = order_words(order);
  return (
    <>
      <PageHeader
        title={`Order ${order.order_number}`}
        actions={<Badge tone={words.tone}>{words.label}</Badge>}
      >
        {order.store_name}
      </PageHeader>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid gap-6">
          {order.delivery_id && <TrackDelivery delivery_id={order.delivery_id} />}
          <OrderActions order={order} />
          <Card className="p-5">
            <OrderProgress order={order} />
          </Card>
        </div>
        <div className="grid gap-6">
          <OrderReceipt order={order} />
          <OrderRefunds order={order} />
        </div>
      </div>
    </>
  );
}
