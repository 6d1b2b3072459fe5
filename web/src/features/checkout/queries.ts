"use client";

import { useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import type { Address, Order, OrderStatus } from "@/lib/api/types";
import { useUser } from "@/lib/auth/use-session";
import { useEvents } from "@/lib/realtime/use-events";

export const checkout_keys = {
  cart: ["cart"] as const,
  orders: ["orders"] as const,
  my_orders: ["orders", "mine"] as const,
  store_orders: (store_id: string) => ["orders", "store", store_id] as const,
  order: (order_id: string) => ["orders", order_id] as const,
};

export function useCart() {
  const user = useUser();
  return useQuery({
    queryKey: checkout_keys.cart,
    queryFn: () => body_of(api.GET("/api/v1/cart")),
    enabled: user?.role === "customer",
  });
}

export function useAddToCart() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { variant_id: string; quantity: number; stream_id?: string }) =>
      body_of(api.POST("/api/v1/cart", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: checkout_keys.cart }),
  });
}

/** `on_fault` is called even when the line has left the cart meanwhile. */
export function useChangeCart(on_fault: (fault: Error) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ item_id, quantity }: { item_id: string; quantity: number }) =>
      quantity === 0
        ? body_of(api.DELETE("/api/v1/cart/{item_id}", { params: { path: { item_id } } }))
        : body_of(api.PUT("/api/v1/cart/{item_id}", { params: { path: { item_id } }, body: { quantity } })),
    onError: on_fault,
    onSettled: () => queries.invalidateQueries({ queryKey: checkout_keys.cart }),
  });
}

export function useMyOrders() {
  const user = useUser();
  return useQuery({
    queryKey: checkout_keys.my_orders,
    queryFn: async () => (await body_of(api.GET("/api/v1/me/orders"))).orders,
    enabled: user !== null,
  });
}

/** The addresses that the person has saved, the default one first. */
export function useSavedAddresses() {
  const user = useUser();
  return useQuery({
    queryKey: ["account", "addresses"],
    queryFn: async () => (await body_of(api.GET("/api/v1/me/addresses"))).addresses,
    select: (addresses) => addresses.toSorted((a, b) => Number(b.is_default) - Number(a.is_default)),
    enabled: user !== null,
  });
}

/** Where things go to begin with: the default address, or where the last order went. */
export function useUsualAddress(): { is_loading: boolean; address: Address | null } {
  const orders = useMyOrders();
  const saved = useSavedAddresses();
  return {
    is_loading: orders.isLoading || saved.isLoading,
    address: saved.data?.find(({ is_default }) => is_default) ?? orders.data?.[0]?.shipping_address ?? null,
  };
}

export function useOrder(order_id: string) {
  return useQuery({
    queryKey: checkout_keys.order(order_id),
    queryFn: () => body_of(api.GET("/api/v1/orders/{order_id}", { params: { path: { order_id } } })),
  });
}

/** A board with more orders than these pages hold shows the newest. */
const STORE_PAGES_MAX = 6;

async function store_orders(store_id: string): Promise<Order[]> {
  const orders: Order[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < STORE_PAGES_MAX; page++) {
    const params = { path: { store_id }, query: cursor ? { cursor } : {} };
    const answer = await body_of(api.GET("/api/v1/stores/{store_id}/orders", { params }));
    orders.push(...answer.orders);
    cursor = answer.next_cursor;
    if (!cursor) break;
  }
  return orders;
}

export function useStoreOrders(store_id: string) {
  return useQuery({
    queryKey: checkout_keys.store_orders(store_id),
    queryFn: () => store_orders(store_id),
    enabled: store_id !== "",
  });
}

function take_order(queries: QueryClient, order: Order) {
  queries.setQueryData(checkout_keys.order(order.id), order);
  return queries.invalidateQueries({ queryKey: checkout_keys.orders });
}

/** `on_fault` is called even when the order has left the board meanwhile. */
export function useMoveOrder(store_id: string, on_fault: (fault: Error) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ order_id, status }: { order_id: string; status: OrderStatus }) =>
      body_of(
        api.PUT("/api/v1/stores/{store_id}/orders/{order_id}/status", {
          params: { path: { store_id, order_id } },
          body: { status },
        }),
      ),
    onError: on_fault,
    onSettled: () => queries.invalidateQueries({ queryKey: checkout_keys.orders }),
  });
}

export function useCancelOrder() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (order_id: string) =>
      body_of(api.POST("/api/v1/orders/{order_id}/cancel", { params: { path: { order_id } } })),
    onSuccess: (order) => take_order(queries, order),
  });
}

/** Keeps every list and page of orders as the server tells it. */
export function useOrderUpdates(on_update?: (order: Order) => void) {
  const queries = useQueryClient();
  useEvents({
    "order:update": ({ order }) => {
      void take_order(queries, order);
      on_update?.(order);
    },
    opened: () => void queries.invalidateQueries({ queryKey: checkout_keys.orders }),
  });
}
