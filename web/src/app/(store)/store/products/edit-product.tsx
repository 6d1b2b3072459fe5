"use client";

import { useRouter } from "next/navigation";
import { ProductForm } from "@/features/catalog/product-form";
import { useProduct } from "@/features/catalog/queries";
import { is_missing, sentence_of } from "@/lib/api/problem";
import { PageHeader } from "@/ui/shell/page";
import { NothingHere } from "@/ui/nothing-here";
import { ErrorState } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { WithStore } from "../with-store";

/** Creates a product, or changes the one given. */
export function EditProduct({ product_id }: { product_id: string | null }) {
  const product = useProduct(product_id);
  const router = useRouter();
  if (is_missing(product.error)) return <NothingHere>{sentence_of(product.error)}</NothingHere>;
  if (product.isLoadingError) {
    return <ErrorState message={sentence_of(product.error)} on_retry={() => product.refetch()} />;
  }
  if (product_id && !product.data) return <Skeleton className="h-96" aria-label="Loading the product" />;
  return (
    <>
      <PageHeader title={product.data?.name ?? "New product"} />
      <WithStore>
        {(store) => (
          <ProductForm
            store_id={store.id}
            currency={store.currency}
            product={product.data ?? null}
            on_saved={(saved) => {
              toast("success", `${saved.name} is saved`);
              router.push("/store/products");
            }}
          />
        )}
      </WithStore>
    </>
  );
}
