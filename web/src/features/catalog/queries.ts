"use client";

import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import type { CreateProduct, CreateStore, Product, Store } from "@/lib/api/types";
import { useUser } from "@/lib/auth/use-session";

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

export function useSaveStore(store_id: string | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (store: CreateStore) => {
      if (!store_id) return body_of(api.POST("/api/v1/stores", { body: store }));
      // A store keeps its address on the web and its currency.
      const { slug, currency, ...body } = store;
      return body_of(api.PUT("/api/v1/stores/{store_id}", { params: { path: { store_id } }, body }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: catalog_keys.stores }),
  });
}

export function useSaveProduct(store_id: string, product_id: string | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateProduct) =>
      product_id
        ? body_of(api.PUT("/api/v1/products/{product_id}", { params: { path: { product_id } }, body }))
        : body_of(api.POST("/api/v1/stores/{store_id}/products", { params: { path: { store_id } }, body })),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: catalog_keys.store_products(store_id) }),
        queries.invalidateQueries({ queryKey: ["products"] }),
      ]),
  });
}
