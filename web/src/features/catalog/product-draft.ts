import { z } from "zod";
import type { ChangeProduct, CreateProduct, Product } from "@/lib/api/types";
import { format_minor, parse_money } from "@/ui/money";

export const VARIANTS_MAX = 50;

const variant = (currency: string) =>
  z.object({
    id: z.string().optional(),
    name: z.string().trim().min(1, "Name this variant, for example its size.").max(255),
    sku: z.string().trim().max(100),
    price: z.string().refine((typed) => parse_money(typed, currency) !== null, "Enter a price, like 12.50."),
    stock: z.string().regex(/^\d{1,6}$/, "Enter how many you have, in whole pieces."),
  });

/** What the product form holds: text as typed, checked for one currency. */
export const draft_schema = (currency: string) =>
  z.object({
    name: z.string().trim().min(1, "Name the product.").max(255),
    description: z.string().trim().max(5000),
    images: z.array(z.string()).max(20),
    is_active: z.boolean(),
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
  if (!product) return { name: "", description: "", images: [], is_active: true, variants: [empty_variant] };
  return {
    name: product.name,
    description: product.description ?? "",
    images: product.images,
    is_active: product.is_active,
    variants: product.variants.map(({ id, name, sku, price_minor, stock_quantity }) => ({
      id,
      name,
      sku: sku ?? "",
      price: format_minor(price_minor, product.currency),
      stock: String(stock_quantity),
    })),
  };
}

function words_of({ name, description, images }: ProductDraft) {
  return { name, description, images };
}

export function create_input(draft: ProductDraft, currency: string): CreateProduct {
  return {
    ...words_of(draft),
    variants: draft.variants.map(({ name, sku, price, stock }) => ({
      name,
      ...(sku ? { sku } : {}),
      price_minor: parse_money(price, currency) ?? 0,
      stock_quantity: Number(stock),
    })),
  };
}

/** What the form does not show of a variant goes back as it was: what is left out would be cleared. */
export function change_input(draft: ProductDraft, product: Product): ChangeProduct {
  const before = new Map(product.variants.map((each) => [each.id, each]));
  return {
    ...words_of(draft),
    is_active: draft.is_active,
    variants: draft.variants.map(({ id, name, sku, price, stock }) => {
      const known = id === undefined ? undefined : before.get(id);
      return {
        ...(known
          ? {
              id: known.id,
              option_values: known.option_values,
              compare_at_price_minor: known.compare_at_price_minor,
              cost_price_minor: known.cost_price_minor,
              weight_g: known.weight_g,
              low_stock_quantity: known.low_stock_quantity,
            }
          : { stock_quantity: Number(stock) }),
        name,
        ...(sku ? { sku } : {}),
        price_minor: parse_money(price, product.currency) ?? 0,
      };
    }),
  };
}

export type StockCount = { variant_id: string; quantity: number; expected_quantity: number };

/** The variants whose stock was counted anew, each with what the form had been opened with. */
export function stock_counts(draft: ProductDraft, product: Product): StockCount[] {
  return product.variants.flatMap(({ id, stock_quantity }) => {
    const typed = draft.variants.find((each) => each.id === id);
    const quantity = typed ? Number(typed.stock) : stock_quantity;
    return quantity === stock_quantity
      ? []
      : [{ variant_id: id, quantity, expected_quantity: stock_quantity }];
  });
}

/** The variants that were taken out of the form. */
export function removed_variants(draft: ProductDraft, product: Product): string[] {
  const kept = new Set(draft.variants.map(({ id }) => id));
  return product.variants.map(({ id }) => id).filter((id) => !kept.has(id));
}
