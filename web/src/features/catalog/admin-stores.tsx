"use client";

import { useQuery } from "@tanstack/react-query";
import { Store } from "lucide-react";
import { api, body_of } from "@/lib/api/client";
import { sentence_of } from "@/lib/api/problem";
import { Badge } from "@/ui/badge";
import { DataTable } from "@/ui/data-table";
import { EmptyState, ErrorState } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { Moment } from "@/ui/time";

export function AdminStores() {
  const stores = useQuery({
    queryKey: ["admin", "stores"],
    queryFn: async () => (await body_of(api.GET("/api/v1/admin/stores"))).stores,
  });
  if (stores.isLoadingError)
    return <ErrorState message={sentence_of(stores.error)} on_retry={() => stores.refetch()} />;
  if (!stores.data) return <Skeleton className="h-64" aria-label="Loading stores" />;
  if (stores.data.length === 0) return <EmptyState icon={Store} title="No stores" />;
  return (
    <DataTable
      caption="Stores"
      rows={stores.data}
      row_key={(store) => store.id}
      columns={[
        { heading: "Name", cell: ({ name }) => <span className="font-semibold">{name}</span> },
        { heading: "Tenant", cell: ({ tenant_name }) => tenant_name },
        { heading: "Products", align: "right", cell: ({ product_count }) => product_count },
        {
          heading: "State",
          wide_only: true,
          cell: ({ is_active }) => (
            <Badge tone={is_active ? "success" : "neutral"}>{is_active ? "Open" : "Closed"}</Badge>
          ),
        },
        { heading: "Since", wide_only: true, cell: ({ created_at }) => <Moment at={created_at} /> },
      ]}
    />
  );
}
