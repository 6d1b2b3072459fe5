import type { CartItem } from "@/lib/api/types";

export type StoreGroup = { store_id: string; store_name: string; items: CartItem[] };

/** The lines of each store together: every store sends its own parcel. */
export function by_store(items: readonly CartItem[]): StoreGroup[] {
  const groups = new Map<string, StoreGroup>();
  for (const item of items) {
    const { store_id, store_name } = item;
    const group = groups.get(store_id) ?? { store_id, store_name, items: [] };
    group.items.push(item);
    groups.set(store_id, group);
  }
  return [...groups.values()];
}
