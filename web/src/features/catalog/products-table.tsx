import Link from "next/link";
import type { Product } from "@/lib/api/types";
import { Badge } from "@/ui/badge";
import { DataTable } from "@/ui/data-table";
import { Money } from "@/ui/money";
import { ProductPicture } from "./product-picture";
import { has_price_range, stock_total } from "./stock";

function Stock({ product }: { product: Product }) {
  const total = stock_total(product);
  return total === 0 ? <Badge tone="danger">Sold out</Badge> : <span className="tabular-nums">{total}</span>;
}

export function ProductsTable({ products }: { products: readonly Product[] }) {
  return (
    <DataTable
      caption="Products"
      rows={products}
      row_key={(product) => product.id}
      columns={[
        {
          heading: "Product",
          cell: (product) => (
            <Link
              href={`/store/products/${product.id}`}
              className="flex items-center gap-3 font-semibold hover:underline"
            >
              <ProductPicture images={product.images} name="" className="size-11 shrink-0 rounded-sm" />
              {product.name}
            </Link>
          ),
        },
        { heading: "Variants", align: "right", wide_only: true, cell: (product) => product.variants.length },
        { heading: "In stock", align: "right", cell: (product) => <Stock product={product} /> },
        {
          heading: "Price",
          align: "right",
          cell: (product) => (
            <>
              {has_price_range(product) && <span className="text-ink-muted">from </span>}
              <Money amount_minor={product.price_minor} currency={product.currency} />
            </>
          ),
        },
      ]}
    />
  );
}
