"use client";

import { Staff } from "@/features/catalog/staff";
import { Moderators } from "@/features/live/moderators";
import { PageHeader } from "@/ui/shell/page";
import { WithStore } from "../with-store";

export function StoreTeam() {
  return (
    <>
      <PageHeader title="Team">Who runs the store with you, and who keeps order in its chats.</PageHeader>
      <WithStore>
        {(store) => (
          <div className="grid items-start gap-8 xl:grid-cols-2">
            <Staff store={store} />
            <Moderators store_id={store.id} />
          </div>
        )}
      </WithStore>
    </>
  );
}
