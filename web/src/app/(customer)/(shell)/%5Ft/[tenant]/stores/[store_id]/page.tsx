import type { Metadata } from "next";
import { prefetched, public_api } from "@/lib/api/server";
import { Page } from "@/ui/shell/page";
import { StoreView } from "./store-view";

export const revalidate = 5;
export const generateStaticParams = () => [];

type Props = { params: Promise<{ tenant: string; store_id: string }> };

async function load({ params }: Props) {
  const { tenant, store_id } = await params;
  const path = { store_id };
  const [store, products] = await Promise.all([
    prefetched(public_api(tenant).GET("/api/v1/stores/{store_id}", { params: { path } })),
    prefetched(public_api(tenant).GET("/api/v1/stores/{store_id}/products", { params: { path } })),
  ]);
  return { store_id, store, products: products?.products };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { store } = await load(props);
  return { title: store?.name ?? "Store", description: store?.description ?? undefined };
}

export default async function StorePage(props: Props) {
  return (
    <Page>
      <StoreView {...await load(props)} />
    </Page>
  );
}
