import type { Product, Variant } from "@/lib/api/types";

const FEW = 5;

export function stock_total(product: Pick<Product, "variants">): number {
  return product.variants.reduce((sum, variant) => sum + variant.stock_quantity, 0);
}

export function is_sold_out(product: Pick<Product, "variants">): boolean {
  return stock_total(product) === 0;
}

/** What to say about a variant's stock; null when there is plenty. */
export function stock_sentence(variant: Pick<Variant, "stock_quantity">): string | null {
  if (variant.stock_quantity === 0) return "Sold out";
  return variant.stock_quantity <= FEW ? `Only ${variant.stock_quantity} left` : null;
}

/** Whether the product's variants differ in price, so that the lowest is "from". */
export function has_price_range(product: Pick<Product, "variants">): boolean {
  return new Set(product.variants.map(({ price_minor }) => price_minor)).size > 1;
}
