"use client";

import { Package, Plus } from "lucide-react";
import Link from "next/link";
import { ProductsTable } from "@/features/catalog/products-table";
import { useStoreProducts } from "@/features/catalog/queries";
import { sentence_of } from "@/lib/api/problem";
import type { Store } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { PageHeader } from "@/ui/shell/page";
import { EmptyState, ErrorState } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { WithStore } from "../with-store";

function NewProduct() {
  return (
    <Button asChild look="buy">
      <Link href="/store/products/new">
        <Plus aria-hidden /> New product
      </Link>
    </Button>
  );
}

export function Products() {
  return (
    <>
      <PageHeader title="Products" actions={<NewProduct />} />
      <WithStore>{(store) => <StoreProducts store={store} />}</WithStore>
    </>
  );
}

function StoreProducts({ store }: { store: Store }) {
  const products = useStoreProducts(store.id);
  if (products.isLoadingError) {
    return <ErrorState message={sentence_of(products.error)} on_retry={() => products.refetch()} />;
  }
  if (!products.data) return <Skeleton className="h-72" aria-label="Loading products" />;
  if (products.data.length === 0) {
    return (
      <EmptyState icon={Package} title="No products yet" action={<NewProduct />}>
        Add what you sell; then pin it in a show.
      </EmptyState>
    );
  }
  return <ProductsTable products={products.data} />;
}
