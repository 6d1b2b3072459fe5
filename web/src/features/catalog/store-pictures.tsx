"use client";

import type { ChangeStore, Store } from "@/lib/api/types";
import { refused } from "@/ui/loaded";
import { Avatar, Card } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { UploadButton } from "./pictures-field";
import { useChangeStore } from "./queries";

/** The store's sign and the picture on top of its page; each is saved when it has arrived. */
export function StorePictures({ store }: { store: Store }) {
  const change = useChangeStore(store.id);
  const save = (what: ChangeStore) =>
    change.mutate(what, {
      onSuccess: () => toast("success", "The picture is saved"),
      onError: refused("The picture was not saved"),
    });
  return (
    <Card className="grid gap-4 p-5">
      <h2 className="text-lg">Pictures of the store</h2>
      {store.cover_url ? (
        <img src={store.cover_url} alt="Cover" className="h-32 w-full rounded-md bg-sunken object-cover" />
      ) : (
        <p className="text-sm text-ink-muted">No cover yet: it stands on top of your store’s page.</p>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Avatar name={store.name} image_url={store.logo_url} className="size-16 rounded-lg text-xl" />
        <UploadButton
          store_id={store.id}
          label={store.logo_url ? "Change the logo" : "Add a logo"}
          on_uploaded={(logo_url) => save({ logo_url })}
        />
        <UploadButton
          store_id={store.id}
          label={store.cover_url ? "Change the cover" : "Add a cover"}
          on_uploaded={(cover_url) => save({ cover_url })}
        />
      </div>
    </Card>
  );
}
