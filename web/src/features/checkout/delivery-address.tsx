"use client";

import { MapPin } from "lucide-react";
import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { AddressFields } from "@/ui/address/address-fields";
import { address_line, type AddressDraft } from "@/ui/address/address-schema";
import { Button } from "@/ui/button";

/** The `address` of the surrounding form: one line while it is known, fields when it is not or is to change. */
export function DeliveryAddress() {
  const form = useFormContext<{ address: AddressDraft }>();
  const [known] = useState(() => {
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
  return (
    <fieldset>
      <legend className="mb-3 font-semibold">Deliver to</legend>
      <AddressFields
        name="address"
        near={known?.lat !== undefined && known.lng !== undefined ? { lat: known.lat, lng: known.lng } : null}
      />
    </fieldset>
  );
}
