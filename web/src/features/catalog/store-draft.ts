import { z } from "zod";
import type { CreateStore, Store } from "@/lib/api/types";
import { address_draft, address_input, address_schema, type AddressValue } from "@/ui/address/address-schema";
import { format_minor, parse_money } from "@/ui/money";

const amount = (currency: string) =>
  z.string().refine((typed) => parse_money(typed, currency) !== null, "Enter an amount, like 3.90.");

/** What the store form holds: text as typed, checked for one currency. */
export const store_schema = (currency: string) =>
  z.object({
    name: z.string().trim().min(1, "Name your store.").max(255),
    slug: z
      .string()
      .max(100)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Use small letters, digits and single dashes."),
    description: z.string().trim().max(5000),
    address: address_schema,
    delivery_fee: amount(currency),
    minimum_order: amount(currency),
  });

export type StoreDraft = z.infer<ReturnType<typeof store_schema>>;

export function store_draft(store: Store | null, currency: string): StoreDraft {
  return {
    name: store?.name ?? "",
    slug: store?.slug ?? "",
    description: store?.description ?? "",
    address: address_draft(store?.address ?? null) as AddressValue,
    delivery_fee: format_minor(store?.delivery_fee_minor ?? 0, currency),
    minimum_order: format_minor(store?.minimum_order_minor ?? 0, currency),
  };
}

export function store_input(draft: StoreDraft, currency: string): CreateStore {
  const { name, slug, description, address, delivery_fee, minimum_order } = draft;
  return {
    name,
    slug,
    description,
    currency,
    address: address_input(address),
    delivery_fee_minor: parse_money(delivery_fee, currency) ?? 0,
    minimum_order_minor: parse_money(minimum_order, currency) ?? 0,
  };
}
