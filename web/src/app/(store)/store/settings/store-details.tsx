"use client";

import { useRouter } from "next/navigation";
import { useConfig } from "@/lib/config";
import { useMyStore } from "@/features/catalog/queries";
import { StoreForm } from "@/features/catalog/store-form";
import { sentence_of } from "@/lib/api/problem";
import { PageHeader } from "@/ui/shell/page";
import { ErrorState } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { toast } from "@/ui/toast";

export function StoreDetails() {
  const store = useMyStore();
  const config = useConfig();
  const router = useRouter();
  if (store.isLoadingError)
    return <ErrorState message={sentence_of(store.error)} on_retry={() => store.refetch()} />;
  if (config.isLoadingError) {
    return <ErrorState message={sentence_of(config.error)} on_retry={() => config.refetch()} />;
  }
  if (store.data === undefined || !config.data)
    return <Skeleton className="h-96" aria-label="Loading your store" />;
  return (
    <>
      <PageHeader title={store.data ? "Store details" : "Open a store"} />
      <StoreForm
        key={store.data?.id ?? "new"}
        store={store.data}
        currency={store.data?.currency ?? config.data.default_currency}
        on_saved={(saved) => {
          toast("success", `${saved.name} is saved`);
          router.push("/store");
        }}
      />
    </>
  );
}
