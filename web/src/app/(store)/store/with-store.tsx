"use client";

import { Store as StoreIcon } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useMyStore } from "@/features/catalog/queries";
import { sentence_of } from "@/lib/api/problem";
import type { Store } from "@/lib/api/types";
import { Button } from "@/ui/button";
import { EmptyState, ErrorState } from "@/ui/states";
import { Skeleton } from "@/ui/surfaces";

/** Renders with the signed-in person's store; without one it says how to open one. */
export function WithStore({ children }: { children: (store: Store) => ReactNode }) {
  const store = useMyStore();
  if (store.isLoadingError)
    return <ErrorState message={sentence_of(store.error)} on_retry={() => store.refetch()} />;
  if (store.data === undefined) return <Skeleton className="h-64" aria-label="Loading your store" />;
  if (store.data === null) {
    return (
      <EmptyState
        icon={StoreIcon}
        title="You have no store yet"
        action={
          <Button asChild look="buy">
            <Link href="/store/settings">Open a store</Link>
          </Button>
        }
      >
        Tell where drivers pick up, then add products and go live.
      </EmptyState>
    );
  }
  return children(store.data);
}
