"use client";

import { PlanShow, StoreShows } from "@/features/live/store-shows";
import { PageHeader } from "@/ui/shell/page";
import { WithStore } from "../with-store";

export function Shows() {
  return (
    <WithStore>
      {(store) => (
        <>
          <PageHeader title="Shows" actions={<PlanShow store={store} />}>
            What is planned, and what became of what is over.
          </PageHeader>
          <StoreShows store={store} />
        </>
      )}
    </WithStore>
  );
}
