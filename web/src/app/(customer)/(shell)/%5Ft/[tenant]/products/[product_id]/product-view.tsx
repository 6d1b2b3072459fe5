"use client";

import Link from "next/link";
import { useState } from "react";
import { Gallery } from "@/features/catalog/gallery";
import { useProduct } from "@/features/catalog/queries";
import { AddToCart } from "@/features/checkout/add-to-cart";
import { BuySheet } from "@/features/checkout/buy-sheet";
import { is_missing, sentence_of } from "@/lib/api/problem";
import type { Product } from "@/lib/api/types";
import { NothingHere } from "@/ui/nothing-here";
import { ErrorState } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";

export function ProductView({ product_id, product: initial }: { product_id: string; product?: Product }) {
  const query = useProduct(product_id, initial);
  const [buying, set_buying] = useState(false);
  const product = query.data;

  if (is_missing(query.error)) return <NothingHere>{sentence_of(query.error)}</NothingHere>;
  if (query.isLoadingError) {
    return <ErrorState message={sentence_of(query.error)} on_retry={() => query.refetch()} />;
  }
  if (!product) {
    return (
      <div className="grid gap-8 md:grid-cols-2" role="status" aria-label="Loading the product">
        <Skeleton className="aspect-square rounded-xl" />
        <Skeleton className="h-72" />
      </div>
    );
  }
  return (
    <article className="grid gap-8 md:grid-cols-2 lg:gap-14">
      <Gallery images={product.images} name={product.name} />
      <div className="grid content-start gap-6">
        <header>
          <Link
            href={`/stores/${product.store_id}`}
            className="text-sm font-semibold text-ink-muted underline-offset-4 hover:underline"
          >
            {product.store_name ?? "To the store"}
          </Link>
          <h1 className="mt-1.5 text-4xl">{product.name}</h1>
        </header>
        <AddToCart product={product} on_buy={() => set_buying(true)} />
        {product.description && (
          <p className="border-t border-line pt-6 text-pretty whitespace-pre-line text-ink-muted">
            {product.description}
          </p>
        )}
      </div>
      <BuySheet product={product} open={buying} on_open_change={set_buying} />
    </article>
  );
}
