"use client";

import { StoreReviews } from "@/features/catalog/reviews";
import { PageHeader } from "@/ui/shell/page";
import { WithStore } from "../with-store";

export function Reviews() {
  return (
    <>
      <PageHeader title="Reviews" />
      <WithStore>{(store) => <StoreReviews store_id={store.id} />}</WithStore>
    </>
  );
}
