"use client";

import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import { useChange } from "@/lib/api/use-change";
import type { ChangeStore, CreateStore, Product, Store } from "@/lib/api/types";
import { useUser } from "@/lib/auth/use-session";
import { picture_body } from "@/lib/api/picture";
import {
  change_input,
  create_input,
  removed_variants,
  stock_counts,
  type ProductDraft,
} from "./product-draft";

export const catalog_keys = {
  stores: ["stores"] as const,
  mine: ["stores", "mine"] as const,
  store: (store_id: string) => ["stores", store_id] as const,
  store_products: (store_id: string) => ["stores", store_id, "products"] as const,
  search: (text: string) => ["products", { text }] as const,
  product: (product_id: string) => ["products", product_id] as const,
};

export function useStores(initial?: Store[]) {
  return useQuery({
    queryKey: catalog_keys.stores,
    queryFn: async () => (await body_of(api.GET("/api/v1/stores"))).stores,
    initialData: initial,
    initialDataUpdatedAt: 0,
  });
}

export function useStore(store_id: string, initial?: Store) {
  return useQuery({
    queryKey: catalog_keys.store(store_id),
    queryFn: () => body_of(api.GET("/api/v1/stores/{store_id}", { params: { path: { store_id } } })),
    initialData: initial,
    initialDataUpdatedAt: 0,
  });
}

/** The store of the signed-in owner or staff member; null when there is none yet. */
export function useMyStore() {
  const user = useUser();
  return useQuery({
    queryKey: catalog_keys.mine,
    queryFn: async () => (await body_of(api.GET("/api/v1/stores/mine"))).stores,
    select: (stores) => stores[0] ?? null,
    enabled: user?.role === "store_owner" || user?.role === "store_staff",
  });
}

export function useStoreProducts(store_id: string, initial?: Product[]) {
  return useQuery({
    queryKey: catalog_keys.store_products(store_id),
    queryFn: async () =>
      (await body_of(api.GET("/api/v1/stores/{store_id}/products", { params: { path: { store_id } } })))
        .products,
    initialData: initial,
    initialDataUpdatedAt: 0,
    enabled: store_id !== "",
  });
}

export function useProductSearch(text: string, initial?: Product[]) {
  return useQuery({
    queryKey: catalog_keys.search(text),
    queryFn: async ({ signal }) =>
      (await body_of(api.GET("/api/v1/products", { params: { query: text ? { q: text } : {} }, signal })))
        .products,
    initialData: initial,
    initialDataUpdatedAt: 0,
    placeholderData: (before) => before,
  });
}

export function product_query(product_id: string) {
  return queryOptions({
    queryKey: catalog_keys.product(product_id),
    queryFn: () => body_of(api.GET("/api/v1/products/{product_id}", { params: { path: { product_id } } })),
  });
}

export function useProduct(product_id: string | null, initial?: Product) {
  return useQuery({
    ...product_query(product_id ?? ""),
    initialData: initial,
    initialDataUpdatedAt: 0,
    enabled: product_id !== null,
  });
}

export function useSaveStore(store: Store | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (draft: CreateStore) => {
      if (!store) {
        const { timeZone: time_zone } = Intl.DateTimeFormat().resolvedOptions();
        return body_of(api.POST("/api/v1/stores", { body: { ...draft, time_zone } }));
      }
      // A store keeps its address on the web and its currency.
      const { slug, currency, ...body } = draft;
      return change_store(store.id, body);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: catalog_keys.stores }),
  });
}

function change_store(store_id: string, body: ChangeStore): Promise<Store> {
  return body_of(api.PUT("/api/v1/stores/{store_id}", { params: { path: { store_id } }, body }));
}

/** Changes what is named; the rest of the store stays. */
export function useChangeStore(store_id: string) {
  return useChange([catalog_keys.stores], (body: ChangeStore) => change_store(store_id, body));
}

/** Keeps a picture at the server; it belongs to nothing until a product or the store names its address. */
export function useUploadPicture(store_id: string) {
  return useMutation({
    mutationFn: async (file: File) => {
      const params = { path: { store_id } };
      return (
        await body_of(api.POST("/api/v1/stores/{store_id}/pictures", { params, ...picture_body(file) }))
      ).url;
    },
  });
}

async function save_product(
  store_id: string,
  product: Product | null,
  draft: ProductDraft,
  currency: string,
) {
  if (!product) {
    const params = { path: { store_id } };
    return body_of(
      api.POST("/api/v1/stores/{store_id}/products", { params, body: create_input(draft, currency) }),
    );
  }
  const params = { path: { product_id: product.id } };
  const body = change_input(draft, product);
  await body_of(api.PUT("/api/v1/products/{product_id}", { params, body }));
  for (const variant_id of removed_variants(draft, product))
    await body_of(api.DELETE("/api/v1/variants/{variant_id}", { params: { path: { variant_id } } }));
  for (const { variant_id, ...count } of stock_counts(draft, product)) {
    const path = { variant_id };
    await body_of(api.PUT("/api/v1/variants/{variant_id}/stock", { params: { path }, body: count }));
  }
  return body_of(api.GET("/api/v1/products/{product_id}", { params }));
}

/** Creates a product or changes it: its words and prices first, then what left the shelf, then what was counted. */
export function useSaveProduct(store_id: string, product: Product | null, currency: string) {
  return useChange([catalog_keys.store_products(store_id), ["products"]], (draft: ProductDraft) =>
    save_product(store_id, product, draft, currency),
  );
}

export function useRemoveProduct(store_id: string) {
  return useChange([catalog_keys.store_products(store_id), ["products"]], (product_id: string) =>
    body_of(api.DELETE("/api/v1/products/{product_id}", { params: { path: { product_id } } })),
  );
}

export function useCloseStore() {
  return useChange([catalog_keys.stores], (store_id: string) =>
    body_of(api.DELETE("/api/v1/stores/{store_id}", { params: { path: { store_id } } })),
  );
}
