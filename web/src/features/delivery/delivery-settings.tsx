"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, body_of } from "@/lib/api/client";
import { useChange } from "@/lib/api/use-change";
import type { DeliverySettings } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Check } from "@/ui/check";
import { Field, Input } from "@/ui/field";
import { Loaded, refused } from "@/ui/loaded";
import { Card } from "@/ui/surfaces";
import { toast } from "@/ui/toast";

type FormProps = {
  settings: DeliverySettings;
  busy: boolean;
  on_save: (settings: DeliverySettings) => void;
};

const proofs = [
  ["needs_photo", "A photo of the parcel where it was left"],
  ["needs_signature", "A signature"],
  ["needs_code", "The four digits that the customer sees"],
] as const;

function SettingsForm({ settings, busy, on_save }: FormProps) {
  const [typed, set_typed] = useState(settings);
  const set = (part: Partial<DeliverySettings>) => set_typed({ ...typed, ...part });
  return (
    <Card className="p-5">
      <form
        aria-label="Drivers"
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          on_save(typed);
        }}
      >
        <h2 className="text-lg">Drivers</h2>
        <Check
          label="Find a driver automatically"
          hint="The nearest is asked first, then the next. Otherwise drivers look for themselves, or a store chooses."
          checked={typed.is_automatic}
          onChange={(event) => set({ is_automatic: event.target.checked })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Time to answer (seconds)" hint="5 to 600">
            <Input
              type="number"
              required
              min={5}
              max={600}
              value={typed.offer_ttl_s}
              onChange={(event) => set({ offer_ttl_s: event.target.valueAsNumber })}
            />
          </Field>
          <Field label="Search radius (metres)" hint="500 to 50,000">
            <Input
              type="number"
              required
              min={500}
              max={50000}
              value={typed.search_radius_m}
              onChange={(event) => set({ search_radius_m: event.target.valueAsNumber })}
            />
          </Field>
        </div>
        <fieldset className="grid gap-2">
          <legend className="mb-2 text-sm font-semibold">What shows that a parcel was handed over</legend>
          {proofs.map(([name, label]) => (
            <Check
              key={name}
              label={label}
              checked={typed[name]}
              onChange={(event) => set({ [name]: event.target.checked })}
            />
          ))}
        </fieldset>
        <Button type="submit" busy={busy} className="justify-self-start">
          Save driver settings
        </Button>
      </form>
    </Card>
  );
}

const said = {
  onSuccess: () => toast("success", "Driver settings are saved"),
  onError: refused("Driver settings were not saved"),
};

/** How a store's jobs are offered and what proves them: for deliveries from now on. */
export function StoreDeliverySettings({ store_id }: { store_id: string }) {
  const params = { path: { store_id } };
  const key = ["delivery_settings", store_id];
  const settings = useQuery({
    queryKey: key,
    queryFn: () => body_of(api.GET("/api/v1/stores/{store_id}/delivery-settings", { params })),
  });
  const save = useChange([key], (body: DeliverySettings) =>
    body_of(api.PUT("/api/v1/stores/{store_id}/delivery-settings", { params, body })),
  );
  return (
    <Loaded query={settings} loading="Loading driver settings">
      {(now) => (
        <SettingsForm settings={now} busy={save.isPending} on_save={(body) => save.mutate(body, said)} />
      )}
    </Loaded>
  );
}

/** The same for all stores that have not said. */
export function TenantDeliverySettings() {
  const key = ["admin", "delivery_settings"];
  const settings = useQuery({
    queryKey: key,
    queryFn: () => body_of(api.GET("/api/v1/admin/delivery-settings")),
  });
  const save = useChange([key], (body: DeliverySettings) =>
    body_of(api.PUT("/api/v1/admin/delivery-settings", { body })),
  );
  return (
    <Loaded query={settings} loading="Loading driver settings">
      {(now) => (
        <SettingsForm settings={now} busy={save.isPending} on_save={(body) => save.mutate(body, said)} />
      )}
    </Loaded>
  );
}
