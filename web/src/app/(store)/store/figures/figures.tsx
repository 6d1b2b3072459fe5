"use client";

import { StoreFigures } from "@/features/analytics/store-figures";
import { PageHeader } from "@/ui/shell/page";
import { WithStore } from "../with-store";

export function Figures() {
  return (
    <>
      <PageHeader title="Figures">What was sold and watched, counted, in your store’s time zone.</PageHeader>
      <WithStore>{(store) => <StoreFigures store={store} />}</WithStore>
    </>
  );
}
