import { describe, expect, it } from "vitest";
import type { Product } from "@/lib/api/types";
import {
  change_input,
  create_input,
  draft_of,
  draft_schema,
  removed_variants,
  stock_counts,
} from "./product-draft";

const product = {
  name: "Mug",
  description: "Stoneware",
  images: ["/a.png", "/b.png"],
  currency: "EUR",
  is_active: true,
  variants: [
    {
      id: "v1",
      name: "Blue",
      option_values: ["Blue"],
      sku: "M-1",
      price_minor: 1990,
      weight_g: 300,
      stock_quantity: 4,
    },
    { id: "v2", name: "Red", option_values: ["Red"], price_minor: 1990, stock_quantity: 2 },
  ],
} as unknown as Product;

describe("the product form", () => {
  it("sends back what it was given, but not the stock of what exists", () => {
    const change = change_input(draft_of(product), product);
    expect(change).toMatchObject({
      name: "Mug",
      images: ["/a.png", "/b.png"],
      is_active: true,
      variants: [
        { id: "v1", name: "Blue", option_values: ["Blue"], sku: "M-1", price_minor: 1990, weight_g: 300 },
        { id: "v2" },
      ],
    });
    expect(change.variants?.some((variant) => "stock_quantity" in variant)).toBe(false);
    expect(stock_counts(draft_of(product), product)).toEqual([]);
  });

  it("counts anew only what was changed, against what it had been", () => {
    const draft = draft_of(product);
    draft.variants[1]!.stock = "9";
    expect(stock_counts(draft, product)).toEqual([{ variant_id: "v2", quantity: 9, expected_quantity: 2 }]);
  });

  it("gives a new variant its stock, and knows which were taken out", () => {
    const draft = draft_of(product);
    draft.variants = [draft.variants[1]!, { name: "Green", sku: "", price: "20", stock: "3" }];
    expect(removed_variants(draft, product)).toEqual(["v1"]);
    expect(change_input(draft, product).variants?.[1]).toEqual({
      name: "Green",
      price_minor: 2000,
      stock_quantity: 3,
    });
    expect(create_input(draft, "EUR").variants).toHaveLength(2);
  });

  it("names every fault of what was typed", () => {
    const draft = {
      ...draft_of(null),
      name: " ",
      variants: [{ name: "", sku: "", price: "cheap", stock: "-1" }],
    };
    const faults = draft_schema("EUR")
      .safeParse(draft)
      .error?.issues.map(({ path }) => path.join("."));
    expect(faults).toEqual(["name", "variants.0.name", "variants.0.price", "variants.0.stock"]);
  });
});
