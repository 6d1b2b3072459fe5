"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { FormProvider, useForm } from "react-hook-form";
import { show_on_form } from "@/lib/api/form-errors";
import type { Store } from "@/lib/api/types";
import { AddressFields } from "@/ui/address/address-fields";
import { Button } from "@/ui/button";
import { Field, Input, Textarea } from "@/ui/field";
import { Notice } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { useSaveStore } from "./queries";
import { slug_of } from "./slug";
import { store_draft, store_input, store_schema, type StoreDraft } from "./store-draft";

type StoreFormProps = {
  /** The store to change; null to open one. */
  store: Store | null;
  currency: string;
  on_saved: (store: Store) => void;
};

export function StoreForm({ store, currency, on_saved }: StoreFormProps) {
  const save = useSaveStore(store);
  const form = useForm<StoreDraft>({
    resolver: zodResolver(store_schema(currency)),
    defaultValues: store_draft(store, currency),
  });
  const { errors, dirtyFields } = form.formState;

  const submit = form.handleSubmit((draft) =>
    save
      .mutateAsync(store_input(draft, currency))
      .then(on_saved, (fault: unknown) =>
        show_on_form(fault, form.setError, ["name", "slug", "description", "address"]),
      ),
  );
  const suggest_slug = (name: string) => {
    if (!store && !dirtyFields.slug) form.setValue("slug", slug_of(name));
  };

  return (
    <FormProvider {...form}>
      <form onSubmit={submit} noValidate className="grid max-w-2xl gap-5" aria-label="Store">
        {errors.root && <Notice>{errors.root.message}</Notice>}
        <Card className="grid gap-4 p-5">
          <Field label="Store name" error={errors.name?.message}>
            <Input {...form.register("name", { onChange: (event) => suggest_slug(event.target.value) })} />
          </Field>
          <Field label="Address on the web" hint="Cannot be changed later" error={errors.slug?.message}>
            <Input readOnly={store !== null} {...form.register("slug")} />
          </Field>
          <Field label="Description" optional error={errors.description?.message}>
            <Textarea rows={3} {...form.register("description")} />
          </Field>
        </Card>
        <Card className="grid gap-4 p-5">
          <h2 className="text-lg">Where drivers pick up</h2>
          <AddressFields name="address" />
        </Card>
        <Card className="grid gap-4 p-5 sm:grid-cols-2">
          <Field label={`Delivery fee (${currency})`} error={errors.delivery_fee?.message}>
            <Input inputMode="decimal" {...form.register("delivery_fee")} />
          </Field>
          <Field label={`Smallest order (${currency})`} error={errors.minimum_order?.message}>
            <Input inputMode="decimal" {...form.register("minimum_order")} />
          </Field>
        </Card>
        <Button type="submit" size="lg" busy={save.isPending} className="justify-self-start">
          {store ? "Save store" : "Open store"}
        </Button>
      </form>
    </FormProvider>
  );
}
