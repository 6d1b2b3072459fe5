"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { show_on_form } from "@/lib/api/form-errors";
import type { ChangeStore, Store } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { Field, Input, Select } from "@/ui/field";
import { Notice } from "@/ui/states";
import { Card } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { useChangeStore } from "./queries";

/** A number as people write it, within bounds; empty where that is allowed. */
const number_text = (max: number, fault: string) =>
  z
    .string()
    .trim()
    .refine((typed) => {
      if (typed === "") return true;
      const value = Number(typed.replace(",", "."));
      return /^\d{1,7}([.,]\d{1,3})?$/.test(typed) && value <= max;
    }, fault);

const service = z.object({
  radius_km: number_text(1000, "Enter kilometres, like 7.5, or nothing for anywhere."),
  preparation_min: number_text(10080, "Enter minutes, at most a week."),
  category: z.string().trim().max(100),
  tax_percent: number_text(100, "Enter a percentage, like 19, or nothing for the marketplace's."),
  tax_mode: z.enum(["inclusive", "exclusive"]),
});
type Service = z.infer<typeof service>;

const as_number = (typed: string) => Number(typed.replace(",", "."));

function service_of(store: Store): Service {
  return {
    radius_km: store.delivery_radius_m === undefined ? "" : String(store.delivery_radius_m / 1000),
    preparation_min: String(Math.round(store.preparation_time_s / 60)),
    category: store.category ?? "",
    tax_percent: store.tax_rate_bp === undefined ? "" : String(store.tax_rate_bp / 100),
    tax_mode: store.tax_mode ?? "inclusive",
  };
}

/** 0 metres are anywhere, -1 is the marketplace's tax rate. */
function change_of(typed: Service): ChangeStore {
  return {
    delivery_radius_m: typed.radius_km === "" ? 0 : Math.round(as_number(typed.radius_km) * 1000),
    preparation_time_s: Math.round(as_number(typed.preparation_min || "0") * 60),
    ...(typed.category && { category: typed.category }),
    tax_rate_bp: typed.tax_percent === "" ? -1 : Math.round(as_number(typed.tax_percent) * 100),
    tax_mode: typed.tax_mode,
  };
}

/** How far a store delivers, how long it packs, what tax its prices have. */
export function StoreServiceForm({ store }: { store: Store }) {
  const change = useChangeStore(store.id);
  const form = useForm<Service>({ resolver: zodResolver(service), defaultValues: service_of(store) });
  const { errors } = form.formState;
  const submit = form.handleSubmit((typed) =>
    change.mutateAsync(change_of(typed)).then(
      () => toast("success", "Delivery and tax are saved"),
      (fault: unknown) => show_on_form(fault, form.setError, ["category", "tax_mode"]),
    ),
  );
  return (
    <Card className="p-5">
      <form onSubmit={submit} noValidate aria-label="Delivery and tax" className="grid gap-4 sm:grid-cols-2">
        <h2 className="text-lg sm:col-span-2">Delivery and tax</h2>
        {errors.root && <Notice>{errors.root.message}</Notice>}
        <Field label="Delivery radius (km)" optional hint="Empty: anywhere" error={errors.radius_km?.message}>
          <Input inputMode="decimal" {...form.register("radius_km")} />
        </Field>
        <Field label="Preparation time (minutes)" error={errors.preparation_min?.message}>
          <Input inputMode="numeric" {...form.register("preparation_min")} />
        </Field>
        <Field label="Category" optional error={errors.category?.message}>
          <Input placeholder="Ceramics" {...form.register("category")} />
        </Field>
        <Field label="Tax (%)" optional hint="Empty: the marketplace's" error={errors.tax_percent?.message}>
          <Input inputMode="decimal" {...form.register("tax_percent")} />
        </Field>
        <Field label="Prices are" error={errors.tax_mode?.message}>
          <Select {...form.register("tax_mode")}>
            <option value="inclusive">with tax</option>
            <option value="exclusive">without tax</option>
          </Select>
        </Field>
        <Button type="submit" busy={change.isPending} className="justify-self-start sm:col-span-2">
          Save delivery and tax
        </Button>
      </form>
    </Card>
  );
}
