"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { FormProvider, useForm } from "react-hook-form";
import { z } from "zod";
import { show_on_form } from "@/lib/api/form-errors";
import type { Store } from "@/lib/api/types";
import { useConfig } from "@/lib/config";
import { AddressFields } from "@/ui/address/address-fields";
import { address_draft, address_input, address_schema } from "@/ui/address/address-schema";
import { Button } from "@/ui/button";
import { Field, Input, Textarea } from "@/ui/field";
import { Notice } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { useSaveStore } from "./queries";

const schema = z.object({
  name: z.string().trim().min(1, "Name your store.").max(200),
  description: z.string().trim().max(5000),
  address: address_schema,
});

/** Opens a store, or changes it. */
export function StoreForm({ store, on_saved }: { store: Store | null; on_saved: (store: Store) => void }) {
  const save = useSaveStore(store?.id ?? null);
  const config = useConfig();
  const form = useForm({
    resolver: zodResolver(schema),
    defaultValues: {
      name: store?.name ?? "",
      description: store?.description ?? "",
      address: address_draft(store?.address ?? null) as z.infer<typeof address_schema>,
    },
  });
  const { errors } = form.formState;

  const submit = form.handleSubmit(({ name, description, address }) =>
    save
      .mutateAsync({ name, description, address: address_input(address) })
      .then(on_saved, (fault: unknown) =>
        show_on_form(fault, form.setError, ["name", "description", "address"]),
      ),
  );

  return (
    <FormProvider {...form}>
      <form onSubmit={submit} noValidate className="grid max-w-2xl gap-5" aria-label="Store">
        {errors.root && <Notice>{errors.root.message}</Notice>}
        <Card className="grid gap-4 p-5">
          <Field label="Store name" error={errors.name?.message}>
            <Input {...form.register("name")} />
          </Field>
          <Field label="Description" optional error={errors.description?.message}>
            <Textarea rows={3} {...form.register("description")} />
          </Field>
        </Card>
        <Card className="grid gap-4 p-5">
          <h2 className="text-lg">Where drivers pick up</h2>
          <AddressFields name="address" style_url={config.data?.map_style_url} />
        </Card>
        <Button type="submit" size="lg" busy={save.isPending} className="justify-self-start">
          {store ? "Save store" : "Open store"}
        </Button>
      </form>
    </FormProvider>
  );
}
