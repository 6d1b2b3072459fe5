"use client";

import { Package } from "lucide-react";
import { ProductGrid, ProductGridSkeleton } from "@/features/catalog/product-card";
import { useStore, useStoreProducts } from "@/features/catalog/queries";
import { StoreReviews } from "@/features/catalog/reviews";
import { StoreFacts } from "@/features/catalog/store-facts";
import { StoreHeader } from "@/features/catalog/store-header";
import { is_missing, sentence_of } from "@/lib/api/problem";
import type { Product, Store } from "@/lib/api/types";
import { NothingHere } from "@/ui/nothing-here";
import { EmptyState, ErrorState } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { StoreShows } from "./store-shows";

type StoreViewProps = { store_id: string; store?: Store; products?: Product[] };

export function StoreView({ store_id, ...initial }: StoreViewProps) {
  const store = useStore(store_id, initial.store);
  const products = useStoreProducts(store_id, initial.products);

  if (is_missing(store.error)) return <NothingHere>{sentence_of(store.error)}</NothingHere>;
  if (store.isLoadingError) {
    return <ErrorState message={sentence_of(store.error)} on_retry={() => store.refetch()} />;
  }
  return (
    <>
      {store.data ? (
        <StoreHeader store={store.data} />
      ) : (
        <Skeleton className="mb-8 h-24" aria-label="Loading the store" />
      )}
      <StoreShows store_id={store_id} picture={products.data?.[0]?.images[0]} />
      <section aria-label="Products">
        <h2 className="mb-4 text-xl">Products</h2>
        {products.isLoadingError && (
          <ErrorState message={sentence_of(products.error)} on_retry={() => products.refetch()} />
        )}
        {products.isPending && <ProductGridSkeleton count={5} />}
        {products.data?.length === 0 && <EmptyState icon={Package} title="Nothing on the shelves yet" />}
        {products.data && products.data.length > 0 && <ProductGrid products={products.data} />}
      </section>
      {store.data && (
        <div className="mt-12">
          <StoreFacts store={store.data} />
        </div>
      )}
      <section id="reviews" aria-label="Reviews" className="mt-12 scroll-mt-20">
        <h2 className="mb-4 text-xl">Reviews</h2>
        <StoreReviews store_id={store_id} />
      </section>
    </>
  );
}
