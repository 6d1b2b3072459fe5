"use client";

import { OrderBoard } from "@/features/checkout/order-board";
import { PageHeader } from "@/ui/shell/page";
import { WithStore } from "../with-store";

export function StoreOrders() {
  return (
    <>
      <PageHeader title="Orders">Pack what is new; drivers see an order once it is ready.</PageHeader>
      <WithStore>{(store) => <OrderBoard store_id={store.id} />}</WithStore>
    </>
  );
}
