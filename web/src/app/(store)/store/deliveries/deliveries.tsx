"use client";

import { StoreDeliveries } from "@/features/delivery/store-deliveries";
import { PageHeader } from "@/ui/shell/page";
import { WithStore } from "../with-store";

export function Deliveries() {
  return (
    <>
      <PageHeader title="Deliveries">Who carries what, now and within the last day.</PageHeader>
      <WithStore>{(store) => <StoreDeliveries store_id={store.id} />}</WithStore>
    </>
  );
}
