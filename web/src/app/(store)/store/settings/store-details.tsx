"use client";

import { useRouter } from "next/navigation";
import { useConfig } from "@/lib/config";
import { HoursForm } from "@/features/catalog/hours-form";
import { useMyStore } from "@/features/catalog/queries";
import { StoreForm } from "@/features/catalog/store-form";
import { StorePictures } from "@/features/catalog/store-pictures";
import { StoreServiceForm } from "@/features/catalog/store-service-form";
import { CloseStore, PauseStore, StoreStanding } from "@/features/catalog/store-standing";
import { StoreDeliverySettings } from "@/features/delivery/delivery-settings";
import { StoreTerms } from "@/features/ledger/terms";
import type { Store } from "@/lib/api/types";
import { useUser } from "@/lib/auth/use-session";
import { Loaded } from "@/ui/loaded";
import { PageHeader } from "@/ui/shell/page";
import { toast } from "@/ui/toast";

/** What can be said of a store only once it is there. */
function Further({ store }: { store: Store }) {
  const user = useUser();
  return (
    <div className="grid content-start gap-5">
      <PauseStore store={store} />
      <StorePictures store={store} />
      <StoreServiceForm store={store} />
      <HoursForm store={store} />
      <StoreDeliverySettings store_id={store.id} />
      <StoreTerms store={store} />
      {user?.id === store.owner_id && !store.closed_at && <CloseStore store={store} />}
    </div>
  );
}

export function StoreDetails() {
  const store = useMyStore();
  const config = useConfig();
  const router = useRouter();
  return (
    <Loaded query={store} loading="Loading your store" className="h-96">
      {(mine) => (
        <Loaded query={config} loading="Loading your store" className="h-96">
          {({ default_currency }) => (
            <>
              <PageHeader title={mine ? "Store details" : "Open a store"} />
              {mine && <StoreStanding store={mine} />}
              <div className="mt-5 grid items-start gap-5 xl:grid-cols-2" key={mine?.id ?? "new"}>
                <StoreForm
                  store={mine}
                  currency={mine?.currency ?? default_currency}
                  on_saved={(saved) => {
                    toast("success", `${saved.name} is saved`);
                    router.push("/store");
                  }}
                />
                {mine && <Further store={mine} />}
              </div>
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
