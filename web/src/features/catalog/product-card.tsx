import Link from "next/link";
import type { Product } from "@/lib/api/types";
import { PriceTag } from "@/ui/money";
import { Skeleton } from "@/ui/surfaces";
import { ProductPicture } from "./product-picture";
import { has_price_range, is_sold_out } from "./stock";

export function ProductCard({ product }: { product: Product }) {
  return (
    <Link
      href={`/products/${product.id}`}
      className="group flex flex-col gap-2.5 rounded-lg focus-visible:outline-offset-4"
    >
      <ProductPicture
        images={product.images}
        name=""
        className="aspect-square rounded-lg transition-transform duration-300 ease-out-soft group-hover:-translate-y-1"
      />
      <span className="line-clamp-2 leading-snug font-semibold underline-offset-4 group-hover:underline">
        {product.name}
      </span>
      <PriceTag
        amount_minor={product.price_minor}
        currency={product.currency}
        from={has_price_range(product)}
        sold_out={is_sold_out(product)}
        className="self-start text-base"
      />
    </Link>
  );
}

const grid = "grid grid-cols-2 gap-x-4 gap-y-8 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-5";

export function ProductGrid({ products }: { products: readonly Product[] }) {
  return (
    <ul className={grid}>
      {products.map((product) => (
        <li key={product.id}>
          <ProductCard product={product} />
        </li>
      ))}
    </ul>
  );
}

export function ProductGridSkeleton({ count = 10 }: { count?: number }) {
  return (
    <div className={grid} role="status" aria-label="Loading products">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="grid gap-2.5">
          <Skeleton className="aspect-square rounded-lg" />
          <Skeleton className="h-5 w-3/4" />
          <Skeleton className="h-7 w-20" />
        </div>
      ))}
    </div>
  );
}
