import type { Metadata } from "next";
import { prefetched, public_api } from "@/lib/api/server";
import { Page } from "@/ui/shell/page";
import { ProductView } from "./product-view";

export const revalidate = 5;
export const generateStaticParams = () => [];

type Props = { params: Promise<{ tenant: string; product_id: string }> };

async function load({ params }: Props) {
  const { tenant, product_id } = await params;
  const product = await prefetched(
    public_api(tenant).GET("/api/v1/products/{product_id}", { params: { path: { product_id } } }),
  );
  return { product_id, product };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { product } = await load(props);
  return {
    title: product?.name ?? "Product",
    description: product?.description ?? undefined,
  };
}

export default async function ProductPage(props: Props) {
  return (
    <Page>
      <ProductView {...await load(props)} />
    </Page>
  );
}
