"use client";

import { History } from "lucide-react";
import { sentence_of } from "@/lib/api/problem";
import { Badge } from "@/ui/badge";
import { DataTable } from "@/ui/data-table";
import { Money } from "@/ui/money";
import { EmptyState, ErrorState } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { Moment } from "@/ui/time";
import { delivery_words, ended } from "./delivery-words";
import { useMyDeliveries } from "./queries";

export function PastDeliveries() {
  const deliveries = useMyDeliveries();
  if (deliveries.isLoadingError) {
    return <ErrorState message={sentence_of(deliveries.error)} on_retry={() => deliveries.refetch()} />;
  }
  if (!deliveries.data) return <Skeleton className="h-48" aria-label="Loading your deliveries" />;
  const past = deliveries.data.filter(({ status }) => ended.has(status));
  if (past.length === 0) return <EmptyState icon={History} title="No deliveries finished yet" />;
  return (
    <DataTable
      caption="Finished deliveries"
      rows={past}
      row_key={(delivery) => delivery.id}
      columns={[
        { heading: "Order", cell: (delivery) => delivery.order_number },
        { heading: "Store", cell: (delivery) => delivery.store_name },
        { heading: "When", wide_only: true, cell: (delivery) => <Moment at={delivery.created_at} /> },
        {
          heading: "How it ended",
          wide_only: true,
          cell: ({ status }) => (
            <Badge tone={delivery_words[status].tone}>{delivery_words[status].label}</Badge>
          ),
        },
        {
          heading: "Earned",
          align: "right",
          cell: ({ driver_earnings_minor, currency }) => (
            <Money amount_minor={driver_earnings_minor} currency={currency} />
          ),
        },
      ]}
    />
  );
}
