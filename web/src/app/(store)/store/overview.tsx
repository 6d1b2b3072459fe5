"use client";

import { ArrowRight, ClipboardList, Package, Video, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { is_sold_out } from "@/features/catalog/stock";
import { useStoreProducts } from "@/features/catalog/queries";
import { StoreStanding } from "@/features/catalog/store-standing";
import { is_new } from "@/features/checkout/order-words";
import { useOrderUpdates, useStoreOrders } from "@/features/checkout/queries";
import { useRunningStream } from "@/features/live/queries";
import { sentence_of } from "@/lib/api/problem";
import type { Store } from "@/lib/api/types";
import { LiveBadge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { PageHeader } from "@/ui/shell/page";
import { ErrorState } from "@/ui/states";
import { Card, Skeleton } from "@/ui/surfaces";
import { WithStore } from "./with-store";

type FactProps = { icon: LucideIcon; href: string; label: string; value: number | undefined; detail: string };

function Fact({ icon: Icon, href, label, value, detail }: FactProps) {
  return (
    <Link href={href} className="rounded-lg">
      <Card className="grid gap-1 p-5 transition-colors hover:border-line-strong">
        <span className="flex items-center gap-2 text-sm font-semibold text-ink-muted">
          <Icon className="size-4" aria-hidden /> {label}
        </span>
        {value === undefined ? (
          <Skeleton className="h-10 w-16" aria-label={`Loading ${label.toLowerCase()}`} />
        ) : (
          <span className="font-display text-4xl font-bold tabular-nums">{value}</span>
        )}
        <span className="text-sm text-ink-muted">{detail}</span>
      </Card>
    </Link>
  );
}

/** What needs the store's attention now. */
export function Overview() {
  return <WithStore>{(store) => <StoreOverview store={store} />}</WithStore>;
}

function StoreOverview({ store }: { store: Store }) {
  const orders = useStoreOrders(store.id);
  const products = useStoreProducts(store.id);
  useOrderUpdates();
  const { data: show } = useRunningStream(store.id);
  const failed = [orders, products].find(({ isLoadingError }) => isLoadingError);
  const retry = () => Promise.all([orders.refetch(), products.refetch()]);

  return (
    <>
      <PageHeader
        title={store.name}
        actions={
          <Button asChild look={show ? "live" : "buy"} size="lg">
            <Link href="/store/studio">
              <Video aria-hidden /> {show ? "Back to your show" : "Go live"}
            </Link>
          </Button>
        }
      />
      <div className="mb-6 empty:hidden">
        <StoreStanding store={store} />
      </div>
      {show && (
        <Card className="mb-6 flex items-center gap-3 p-4">
          <LiveBadge />
          <span className="flex-1 font-semibold">{show.title}</span>
          <Link
            href={`/live/${show.id}`}
            className="flex items-center gap-1 text-sm font-semibold hover:underline"
          >
            As viewers see it <ArrowRight className="size-4" aria-hidden />
          </Link>
        </Card>
      )}
      {failed && <ErrorState message={sentence_of(failed.error)} on_retry={retry} className="mb-6" />}
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4" hidden={failed !== undefined}>
        <Fact
          icon={ClipboardList}
          href="/store/orders"
          label="New orders"
          value={orders.data?.filter(is_new).length}
          detail="Paid and waiting for you"
        />
        <Fact
          icon={ClipboardList}
          href="/store/orders"
          label="Being prepared"
          value={orders.data?.filter(({ status }) => status === "preparing").length}
          detail="On your packing table"
        />
        <Fact
          icon={Package}
          href="/store/products"
          label="Products"
          value={products.data?.length}
          detail="On sale"
        />
        <Fact
          icon={Package}
          href="/store/products"
          label="Sold out"
          value={products.data?.filter(is_sold_out).length}
          detail="Products to restock"
        />
      </div>
    </>
  );
}
