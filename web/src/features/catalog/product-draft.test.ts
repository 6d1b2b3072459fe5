import { describe, expect, it } from "vitest";
import type { Product } from "@/lib/api/types";
import { draft_of, draft_schema, input_of } from "./product-draft";

const product = {
  name: "Mug",
  description: "Stoneware",
  images: ["/a.png", "/b.png"],
  currency: "EUR",
  variants: [{ id: "v1", name: "Blue", sku: "M-1", price_minor: 1990, stock_quantity: 4 }],
} as Product;

describe("the product form", () => {
  it("sends back what it was given", () => {
    expect(input_of(draft_of(product), "EUR")).toMatchObject({
      name: "Mug",
      images: ["/a.png", "/b.png"],
      variants: [{ id: "v1", name: "Blue", sku: "M-1", price_minor: 1990, stock_quantity: 4 }],
    });
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
