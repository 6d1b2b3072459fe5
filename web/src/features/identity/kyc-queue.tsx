"use client";

import { IdCard } from "lucide-react";
import { useState } from "react";
import { sentence_of } from "@/lib/api/problem";
import type { KycQueueRow, KycStatus } from "@/lib/api/types";
import { DataTable } from "@/ui/data-table";
import { EmptyState, ErrorState } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/ui/tabs";
import { Moment } from "@/ui/time";
import { useKycQueue } from "./admin-queries";
import { KycSheet } from "./kyc-sheet";
import { kyc_words } from "./kyc-words";
import { role_words } from "./user-words";

const statuses: readonly KycStatus[] = ["pending", "verified", "rejected"];

function List({ status, on_open }: { status: KycStatus; on_open: (row: KycQueueRow) => void }) {
  const queue = useKycQueue(status);
  if (queue.isLoadingError)
    return <ErrorState message={sentence_of(queue.error)} on_retry={() => queue.refetch()} />;
  if (!queue.data) return <Skeleton className="h-48" aria-label="Loading papers" />;
  if (queue.data.length === 0)
    return (
      <EmptyState icon={IdCard} title={status === "pending" ? "Nobody is waiting" : "Nothing here yet"}>
        Drivers and store owners hand their papers in on their account page.
      </EmptyState>
    );
  return (
    <DataTable
      caption={`Papers: ${kyc_words[status].label}`}
      rows={queue.data}
      row_key={(row) => row.user_id + row.created_at}
      columns={[
        {
          heading: "Name",
          cell: (row) => (
            <button
              type="button"
              className="rounded-sm text-left font-semibold underline-offset-4 hover:underline"
              onClick={() => on_open(row)}
            >
              {row.legal_name}
              <span className="block text-sm font-normal text-ink-muted">{row.email}</span>
            </button>
          ),
        },
        { heading: "Role", cell: (row) => role_words[row.role] },
        { heading: "Business", wide_only: true, cell: (row) => row.business_name ?? "" },
        { heading: "Handed in", wide_only: true, cell: (row) => <Moment at={row.created_at} /> },
      ]}
    />
  );
}

/** Papers to be looked at, the oldest first, and what was decided before. */
export function KycQueue() {
  const [opened, set_opened] = useState<KycQueueRow | null>(null);
  return (
    <>
      <Tabs defaultValue="pending">
        <TabsList aria-label="Papers">
          {statuses.map((status) => (
            <TabsTrigger key={status} value={status}>
              {kyc_words[status].label}
            </TabsTrigger>
          ))}
        </TabsList>
        {statuses.map((status) => (
          <TabsContent key={status} value={status}>
            <List status={status} on_open={set_opened} />
          </TabsContent>
        ))}
      </Tabs>
      {opened && <KycSheet row={opened} on_close={() => set_opened(null)} />}
    </>
  );
}
