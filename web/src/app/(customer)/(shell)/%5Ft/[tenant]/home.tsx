"use client";

import { Package, Radio } from "lucide-react";
import type { ReactNode } from "react";
import { ProductGrid, ProductGridSkeleton } from "@/features/catalog/product-card";
import { useProductSearch, useStores } from "@/features/catalog/queries";
import { StoreCard } from "@/features/catalog/store-card";
import { useStreams } from "@/features/live/queries";
import { StreamGrid, StreamGridSkeleton, StreamLine } from "@/features/live/stream-tile";
import { sentence_of } from "@/lib/api/problem";
import type { Product, Store, Stream } from "@/lib/api/types";
import { useEvents } from "@/lib/realtime/use-events";
import { EmptyState, ErrorState } from "@/ui/states";

type HomeProps = { live?: Stream[]; upcoming?: Stream[]; products?: Product[]; stores?: Store[] };

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="mt-12">
      <h2 className="mb-4 text-xl">{title}</h2>
      {children}
    </section>
  );
}

/** Who is on air comes first; then what is announced, what is sold, and by whom. */
export function Home(initial: HomeProps) {
  const live = useStreams("live", initial.live);
  const upcoming = useStreams("scheduled", initial.upcoming);
  const over = useStreams("ended");
  const recorded = over.data?.filter(({ has_recording }) => has_recording).slice(0, 6) ?? [];
  const products = useProductSearch("", initial.products);
  const stores = useStores(initial.stores);
  const picture_of = ({ store_id }: Stream) =>
    products.data?.find((product) => product.store_id === store_id)?.images[0];
  const refresh = () => live.refetch();
  useEvents({ "stream:start": refresh, "stream:end": refresh });

  return (
    <>
      <section aria-label="Live now">
        <h1 className="mb-5 text-display">Live now</h1>
        {live.isLoadingError && <ErrorState message={sentence_of(live.error)} on_retry={refresh} />}
        {live.isPending && <StreamGridSkeleton />}
        {live.data && live.data.length > 0 && <StreamGrid streams={live.data} picture_of={picture_of} />}
        {live.data?.length === 0 && (
          <EmptyState icon={Radio} title="Nobody is on air right now">
            Shows appear here the moment a store goes live.
          </EmptyState>
        )}
      </section>
      {upcoming.data && upcoming.data.length > 0 && (
        <Section title="Coming up">
          <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
            {upcoming.data.map((stream) => (
              <li key={stream.id}>
                <StreamLine stream={stream} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {recorded.length > 0 && (
        <Section title="Watch again">
          <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
            {recorded.map((stream) => (
              <li key={stream.id}>
                <StreamLine stream={stream} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Products">
        {products.isLoadingError && (
          <ErrorState message={sentence_of(products.error)} on_retry={() => products.refetch()} />
        )}
        {products.isPending && <ProductGridSkeleton />}
        {products.data && products.data.length > 0 && <ProductGrid products={products.data} />}
        {products.data?.length === 0 && <EmptyState icon={Package} title="No products yet" />}
      </Section>
      {stores.data && stores.data.length > 0 && (
        <Section title="Stores">
          <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">
            {stores.data.map((store) => (
              <li key={store.id}>
                <StoreCard store={store} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
