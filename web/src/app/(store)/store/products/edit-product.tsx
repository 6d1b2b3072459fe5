"use client";

import { useRouter } from "next/navigation";
import { ProductForm } from "@/features/catalog/product-form";
import { useProduct, useRemoveProduct } from "@/features/catalog/queries";
import { is_missing, sentence_of } from "@/lib/api/problem";
import type { Product, Store } from "@/lib/api/types";
import { Confirm } from "@/ui/confirm";
import { Loaded, refused } from "@/ui/loaded";
import { PageHeader } from "@/ui/shell/page";
import { NothingHere } from "@/ui/nothing-here";
import { toast } from "@/ui/toast";
import { WithStore } from "../with-store";

function RemoveProduct({ store, product }: { store: Store; product: Product }) {
  const router = useRouter();
  const remove = useRemoveProduct(store.id);
  return (
    <Confirm
      label="Remove product"
      title={`Remove ${product.name}?`}
      description="It can no longer be found or bought. Orders of it stay as they are."
      action="Remove it"
      busy={remove.isPending}
      on_confirm={() =>
        remove.mutate(product.id, {
          onSuccess: () => {
            toast("success", `${product.name} is removed`);
            router.push("/store/products");
          },
          onError: refused(`${product.name} was not removed`),
        })
      }
    />
  );
}

function Editor({ store, product }: { store: Store; product: Product | null }) {
  const router = useRouter();
  return (
    <>
      <PageHeader
        title={product?.name ?? "New product"}
        actions={product && <RemoveProduct store={store} product={product} />}
      />
      <ProductForm
        store_id={store.id}
        currency={store.currency}
        product={product}
        on_saved={(saved) => {
          toast("success", `${saved.name} is saved`);
          router.push("/store/products");
        }}
      />
    </>
  );
}

/** Creates a product, or changes the one given. */
export function EditProduct({ product_id }: { product_id: string | null }) {
  const product = useProduct(product_id);
  if (is_missing(product.error)) return <NothingHere>{sentence_of(product.error)}</NothingHere>;
  return (
    <WithStore>
      {(store) =>
        product_id === null ? (
          <Editor store={store} product={null} />
        ) : (
          <Loaded query={product} loading="Loading the product" className="h-96">
            {(found) => <Editor key={found.id} store={store} product={found} />}
          </Loaded>
        )
      }
    </WithStore>
  );
}
