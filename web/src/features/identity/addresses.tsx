"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { MapPin, Plus } from "lucide-react";
import { useState } from "react";
import { FormProvider, useForm } from "react-hook-form";
import { z } from "zod";
import { show_on_form } from "@/lib/api/form-errors";
import { sentence_of } from "@/lib/api/problem";
import type { SavedAddress } from "@/lib/api/types";
import { AddressFields } from "@/ui/address/address-fields";
import { address_draft, address_line, address_schema, type AddressValue } from "@/ui/address/address-schema";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Field, Input } from "@/ui/field";
import { Sheet } from "@/ui/sheet";
import { EmptyState, ErrorState, Notice } from "@/ui/states";
import { Card, Skeleton } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { useAddAddress, useAddresses, useChangeAddress, useRemoveAddress } from "./account-queries";

const draft = z.object({
  label: z.string().trim().min(1, "Give it a name, like Home.").max(50),
  address: address_schema,
});

function AddressForm({ address, on_done }: { address: SavedAddress | null; on_done: () => void }) {
  const add = useAddAddress();
  const change = useChangeAddress();
  const form = useForm({
    resolver: zodResolver(draft),
    defaultValues: { label: address?.label ?? "", address: address_draft(address) as AddressValue },
  });
  const { errors } = form.formState;

  const submit = form.handleSubmit(({ label, address: typed }) => {
    const { state, ...rest } = typed;
    // An empty state takes away the one there was, and is left out of a new address.
    const sent = address
      ? change.mutateAsync({ id: address.id, label, ...rest, state })
      : add.mutateAsync({ label, ...rest, ...(state && { state }) });
    return sent.then(
      () => {
        toast("success", "Address saved");
        on_done();
      },
      (fault: unknown) => show_on_form(fault, form.setError, ["label"]),
    );
  });

  return (
    <FormProvider {...form}>
      <form onSubmit={submit} noValidate className="grid gap-4" aria-label="Address">
        {errors.root && <Notice>{errors.root.message}</Notice>}
        <Field label="Name of the address" error={errors.label?.message} hint="Home, work, …">
          <Input {...form.register("label")} />
        </Field>
        <AddressFields name="address" near={address} />
        <Button type="submit" size="lg" busy={add.isPending || change.isPending}>
          Save address
        </Button>
      </form>
    </FormProvider>
  );
}

function AddressCard({ address, on_edit }: { address: SavedAddress; on_edit: () => void }) {
  const change = useChangeAddress();
  const remove = useRemoveAddress();
  const failed = (fault: unknown) => toast("danger", "Not changed", sentence_of(fault));
  return (
    <Card className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4">
      <MapPin className="size-5 shrink-0 text-ink-muted" aria-hidden />
      <div className="min-w-0 flex-1 basis-48">
        <h2 className="flex items-center gap-2 font-sans text-base font-semibold tracking-normal">
          {address.label} {address.is_default && <Badge tone="info">Default</Badge>}
        </h2>
        <p className="text-ink-muted">{address_line(address)}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        {!address.is_default && (
          <Button
            look="quiet"
            size="sm"
            busy={change.isPending}
            aria-label={`Make ${address.label} the default`}
            onClick={() => change.mutate({ id: address.id, is_default: true }, { onError: failed })}
          >
            Make default
          </Button>
        )}
        <Button look="outline" size="sm" aria-label={`Change ${address.label}`} onClick={on_edit}>
          Change
        </Button>
        <Button
          look="danger"
          size="sm"
          busy={remove.isPending}
          aria-label={`Remove ${address.label}`}
          onClick={() => remove.mutate(address.id, { onError: failed })}
        >
          Remove
        </Button>
      </div>
    </Card>
  );
}

/** Where things are sent to. */
export function Addresses() {
  const addresses = useAddresses();
  const [editing, set_editing] = useState<SavedAddress | "new" | null>(null);
  if (addresses.isLoadingError)
    return <ErrorState message={sentence_of(addresses.error)} on_retry={() => addresses.refetch()} />;
  if (!addresses.data) return <Skeleton className="h-40" aria-label="Loading your addresses" />;

  const add = (
    <Button onClick={() => set_editing("new")}>
      <Plus aria-hidden /> Add an address
    </Button>
  );
  return (
    <>
      {addresses.data.length === 0 ? (
        <EmptyState icon={MapPin} title="No addresses yet" action={add}>
          Save where you want things delivered, and checking out takes one tap.
        </EmptyState>
      ) : (
        <div className="grid gap-3">
          {addresses.data.map((address) => (
            <AddressCard key={address.id} address={address} on_edit={() => set_editing(address)} />
          ))}
          <div>{add}</div>
        </div>
      )}
      <Sheet
        open={editing !== null}
        on_open_change={(open) => open || set_editing(null)}
        title={editing === "new" ? "New address" : "Change address"}
      >
        {editing !== null && (
          <AddressForm address={editing === "new" ? null : editing} on_done={() => set_editing(null)} />
        )}
      </Sheet>
    </>
  );
}
