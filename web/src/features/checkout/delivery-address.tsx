"use client";

import { MapPin } from "lucide-react";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { AddressFields } from "@/ui/address/address-fields";
import { address_draft, address_line, type AddressDraft } from "@/ui/address/address-schema";
import { Button } from "@/ui/button";
import { useSavedAddresses } from "./queries";

/** The saved addresses, to take one instead of typing. */
function SavedAddresses({ on_pick }: { on_pick: (address: AddressDraft) => void }) {
  const saved = useSavedAddresses();
  if (!saved.data?.length) return null;
  return (
    <ul aria-label="Saved addresses" className="mb-4 grid gap-2">
      {saved.data.map((address) => (
        <li key={address.id}>
          <button
            type="button"
            className="flex w-full items-start gap-3 rounded-md border border-line-strong/60 p-3 text-left hover:border-ink hover:bg-sunken"
            onClick={() => on_pick(address_draft(address))}
          >
            <MapPin className="mt-0.5 size-5 shrink-0 text-ink-muted" aria-hidden />
            <span>
              <span className="block font-semibold">{address.label}</span>
              <span className="text-ink-muted">{address_line(address)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The `address` of the surrounding form: one line while it is known, fields when it is not or is to change. */
export function DeliveryAddress() {
  const form = useFormContext<{ address: AddressDraft }>();
  const [known, set_known] = useState(() => {
    const { address } = form.getValues();
    return address.street && address.lat !== undefined ? address : null;
  });
  const [editing, set_editing] = useState(known === null);

  if (known && !editing) {
    return (
      <div className="flex items-start gap-3 rounded-md border border-line p-3">
        <MapPin className="mt-0.5 size-5 shrink-0 text-ink-muted" aria-hidden />
        <p className="flex-1">
          <span className="block text-sm text-ink-muted">Deliver to</span>
          {address_line(known)}
        </p>
        <Button look="quiet" size="sm" onClick={() => set_editing(true)}>
          Change
        </Button>
      </div>
    );
  }
  const pick = (address: AddressDraft) => {
    form.setValue("address", address, { shouldValidate: true });
    set_known(address);
    set_editing(false);
  };
  return (
    <fieldset>
      <legend className="mb-3 font-semibold">Deliver to</legend>
      <SavedAddresses on_pick={pick} />
      <AddressFields
        name="address"
        near={known?.lat !== undefined && known.lng !== undefined ? { lat: known.lat, lng: known.lng } : null}
      />
    </fieldset>
  );
}
