"use client";

import { useQuery } from "@tanstack/react-query";
import { Store } from "lucide-react";
import { useState, type ReactNode } from "react";
import { api, body_of } from "@/lib/api/client";
import type { StoreRow, VerificationStatus } from "@/lib/api/types";
import { Badge, type Tone } from "@/ui/badge";
import { DataTable } from "@/ui/data-table";
import { Loaded } from "@/ui/loaded";
import { EmptyState } from "@/ui/states";
import { Moment } from "@/ui/time";
import { StoreSheet } from "./store-sheet";

export const admin_stores_key = ["admin", "stores"] as const;

export const verification_words: Record<VerificationStatus, { label: string; tone: Tone }> = {
  pending: { label: "Waiting", tone: "warning" },
  verified: { label: "Verified", tone: "success" },
  rejected: { label: "Rejected", tone: "danger" },
};

function StateBadges({ store }: { store: StoreRow }) {
  const { label, tone } = verification_words[store.verification_status];
  return (
    <span className="flex flex-wrap gap-1.5">
      <Badge tone={tone}>{label}</Badge>
      {!store.is_active && <Badge>Paused</Badge>}
    </span>
  );
}

/** Every store, those that wait for a decision first; each opens what is decided about it, and `more`. */
export function AdminStores({ more }: { more: (store: StoreRow) => ReactNode }) {
  const stores = useQuery({
    queryKey: admin_stores_key,
    queryFn: async () => (await body_of(api.GET("/api/v1/admin/stores"))).stores,
  });
  const [opened_id, set_opened_id] = useState<string | null>(null);
  return (
    <Loaded query={stores} loading="Loading stores">
      {(all) => {
        if (all.length === 0) return <EmptyState icon={Store} title="No stores" />;
        const opened = all.find(({ id }) => id === opened_id);
        return (
          <>
            <DataTable
              caption="Stores"
              rows={all}
              row_key={(store) => store.id}
              columns={[
                {
                  heading: "Name",
                  cell: ({ id, name }) => (
                    <button
                      type="button"
                      className="rounded-sm text-left font-semibold underline-offset-4 hover:underline"
                      onClick={() => set_opened_id(id)}
                    >
                      {name}
                    </button>
                  ),
                },
                { heading: "Tenant", wide_only: true, cell: ({ tenant_name }) => tenant_name },
                {
                  heading: "Products",
                  align: "right",
                  wide_only: true,
                  cell: ({ product_count }) => product_count,
                },
                { heading: "State", cell: (store) => <StateBadges store={store} /> },
                { heading: "Since", wide_only: true, cell: ({ created_at }) => <Moment at={created_at} /> },
              ]}
            />
            {opened && (
              <StoreSheet store={opened} on_close={() => set_opened_id(null)}>
                {more(opened)}
              </StoreSheet>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
