"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Plus, Trash2 } from "lucide-react";
import { useFieldArray, useForm, useWatch } from "react-hook-form";
import { show_on_form } from "@/lib/api/form-errors";
import type { Product } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Check } from "@/ui/check";
import { Field, Input, Textarea } from "@/ui/field";
import { Notice } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { draft_of, draft_schema, empty_variant, VARIANTS_MAX, type ProductDraft } from "./product-draft";
import { PicturesField } from "./pictures-field";
import { useSaveProduct } from "./queries";

type ProductFormProps = {
  store_id: string;
  currency: string;
  /** The product to change; null to create one. */
  product: Product | null;
  on_saved: (product: Product) => void;
};

export function ProductForm({ store_id, currency, product, on_saved }: ProductFormProps) {
  const save = useSaveProduct(store_id, product, currency);
  const form = useForm<ProductDraft>({
    resolver: zodResolver(draft_schema(currency)),
    defaultValues: draft_of(product),
  });
  const variants = useFieldArray({ control: form.control, name: "variants", keyName: "row_key" });
  const { errors } = form.formState;
  const images = useWatch({ control: form.control, name: "images" });

  const submit = form.handleSubmit((draft) =>
    save
      .mutateAsync(draft)
      .then(on_saved, (fault: unknown) =>
        show_on_form(fault, form.setError, ["name", "description", "images", "variants"]),
      ),
  );

  return (
    <form onSubmit={submit} noValidate className="grid max-w-3xl gap-6" aria-label="Product">
      {errors.root && <Notice>{errors.root.message}</Notice>}
      <Card className="grid gap-4 p-5">
        <Field label="Product name" error={errors.name?.message}>
          <Input {...form.register("name")} />
        </Field>
        <Field label="Description" optional error={errors.description?.message}>
          <Textarea rows={4} {...form.register("description")} />
        </Field>
        <PicturesField
          store_id={store_id}
          images={images}
          on_change={(changed) => form.setValue("images", changed, { shouldDirty: true })}
        />
        {errors.images && <Notice>{errors.images.message}</Notice>}
        {product && (
          <Check
            label="On sale"
            hint="Switched off, only your store sees it."
            {...form.register("is_active")}
          />
        )}
      </Card>
      <fieldset className="grid gap-3">
        <legend className="mb-2 font-display text-lg font-bold">Variants, prices and stock</legend>
        {variants.fields.map((row, index) => {
          const faults = errors.variants?.[index];
          return (
            <Card
              key={row.row_key}
              className="grid grid-cols-2 gap-3 p-4 sm:grid-cols-[2fr_1fr_1fr_1fr_auto]"
            >
              <Field label="Variant" error={faults?.name?.message}>
                <Input {...form.register(`variants.${index}.name`)} />
              </Field>
              <Field label={`Price (${currency})`} error={faults?.price?.message}>
                <Input inputMode="decimal" {...form.register(`variants.${index}.price`)} />
              </Field>
              <Field label="In stock" error={faults?.stock?.message}>
                <Input inputMode="numeric" {...form.register(`variants.${index}.stock`)} />
              </Field>
              <Field label="SKU" error={faults?.sku?.message}>
                <Input {...form.register(`variants.${index}.sku`)} />
              </Field>
              <Button
                look="quiet"
                size="icon"
                className="self-end"
                aria-label={`Remove variant ${index + 1}`}
                disabled={variants.fields.length === 1}
                onClick={() => variants.remove(index)}
              >
                <Trash2 aria-hidden />
              </Button>
            </Card>
          );
        })}
        <Button
          look="outline"
          size="sm"
          className="justify-self-start"
          disabled={variants.fields.length >= VARIANTS_MAX}
          onClick={() => variants.append({ ...empty_variant, name: "" })}
        >
          <Plus aria-hidden /> Add a variant
        </Button>
      </fieldset>
      <Button type="submit" size="lg" busy={save.isPending} className="justify-self-start">
        {product ? "Save product" : "Create product"}
      </Button>
    </form>
  );
}
