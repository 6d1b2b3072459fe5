"use client";

import { SearchX } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { ProductGrid, ProductGridSkeleton } from "@/features/catalog/product-card";
import { useProductSearch } from "@/features/catalog/queries";
import { SearchBox } from "@/features/catalog/search-box";
import { sentence_of } from "@/lib/api/problem";
import { EmptyState, ErrorState } from "@/ui/states";

export function SearchView() {
  const text = useSearchParams().get("q") ?? "";
  const products = useProductSearch(text);
  return (
    <>
      <SearchBox key={text} initial={text} />
      <section aria-label="Results" className="mt-8">
        {products.isLoadingError && (
          <ErrorState message={sentence_of(products.error)} on_retry={() => products.refetch()} />
        )}
        {products.isPending && <ProductGridSkeleton />}
        {products.data?.length === 0 && (
          <EmptyState icon={SearchX} title="Nothing found">
            Try fewer or other words.
          </EmptyState>
        )}
        {products.data && products.data.length > 0 && <ProductGrid products={products.data} />}
      </section>
    </>
  );
}
