"use client";

import { useQuery } from "@tanstack/react-query";
import { Building2 } from "lucide-react";
import { api, body_of } from "@/lib/api/client";
import { sentence_of } from "@/lib/api/problem";
import { Badge } from "@/ui/badge";
import { DataTable } from "@/ui/data-table";
import { EmptyState, ErrorState } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { Moment } from "@/ui/time";

export function TenantsTable() {
  const tenants = useQuery({
    queryKey: ["admin", "tenants"],
    queryFn: async () => (await body_of(api.GET("/api/v1/admin/tenants"))).tenants,
  });
  if (tenants.isLoadingError)
    return <ErrorState message={sentence_of(tenants.error)} on_retry={() => tenants.refetch()} />;
  if (!tenants.data) return <Skeleton className="h-64" aria-label="Loading tenants" />;
  if (tenants.data.length === 0) return <EmptyState icon={Building2} title="No tenants" />;
  return (
    <DataTable
      caption="Tenants"
      rows={tenants.data}
      row_key={(tenant) => tenant.id}
      columns={[
        { heading: "Name", cell: ({ name }) => <span className="font-semibold">{name}</span> },
        { heading: "Slug", wide_only: true, cell: ({ slug }) => <code>{slug}</code> },
        { heading: "Plan", cell: ({ plan }) => <Badge>{plan}</Badge> },
        { heading: "Stores", align: "right", cell: ({ store_count }) => store_count },
        { heading: "People", align: "right", cell: ({ user_count }) => user_count },
        { heading: "Since", wide_only: true, cell: ({ created_at }) => <Moment at={created_at} /> },
      ]}
    />
  );
}
