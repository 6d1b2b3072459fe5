import { z } from "zod";
import type { CreateProduct, Product } from "@/lib/api/types";
import { format_minor, parse_money } from "@/ui/money";

export const VARIANTS_MAX = 50;

const variant = (currency: string) =>
  z.object({
    id: z.string().optional(),
    name: z.string().trim().min(1, "Name this variant, for example its size.").max(100),
    sku: z.string().trim().max(100),
    price: z.string().refine((typed) => parse_money(typed, currency) !== null, "Enter a price, like 12.50."),
    stock: z.string().regex(/^\d{1,6}$/, "Enter how many you have, in whole pieces."),
  });

/** What the product form holds: text as typed, checked for one currency. */
export const draft_schema = (currency: string) =>
  z.object({
    name: z.string().trim().min(1, "Name the product.").max(200),
    description: z.string().trim().max(5000),
    images: z.string(),
    variants: z.array(variant(currency)).min(1).max(VARIANTS_MAX),
  });

export type ProductDraft = z.infer<ReturnType<typeof draft_schema>>;

export const empty_variant: ProductDraft["variants"][number] = {
  name: "Standard",
  sku: "",
  price: "",
  stock: "",
};

export function draft_of(product: Product | null): ProductDraft {
  if (!product) return { name: "", description: "", images: "", variants: [empty_variant] };
  return {
    name: product.name,
    description: product.description ?? "",
    images: product.images.join("\n"),
    variants: product.variants.map(({ id, name, sku, price_minor, stock_quantity }) => ({
      id,
      name,
      sku: sku ?? "",
      price: format_minor(price_minor, product.currency),
      stock: String(stock_quantity),
    })),
  };
}

export function input_of(draft: ProductDraft, currency: string): CreateProduct {
  return {
    name: draft.name,
    description: draft.description,
    images: draft.images
      .split(/\s+/)
      .map((line) => line.trim())
      .filter(Boolean),
    variants: draft.variants.map(({ id, name, sku, price, stock }) => ({
      ...(id ? { id } : {}),
      name,
      ...(sku ? { sku } : {}),
      price_minor: parse_money(price, currency) ?? 0,
      stock_quantity: Number(stock),
    })),
  };
}
