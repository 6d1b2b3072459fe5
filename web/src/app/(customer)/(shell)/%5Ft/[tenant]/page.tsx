import { prefetched, public_api } from "@/lib/api/server";
import { Page } from "@/ui/shell/page";
import { Home } from "./home";

export const revalidate = 5;
export const generateStaticParams = () => [];

export default async function HomePage({ params }: { params: Promise<{ tenant: string }> }) {
  const api = public_api((await params).tenant);
  const [live, upcoming, products, stores] = await Promise.all([
    prefetched(api.GET("/api/v1/streams", { params: { query: { status: "live" } } })),
    prefetched(api.GET("/api/v1/streams", { params: { query: { status: "scheduled" } } })),
    prefetched(api.GET("/api/v1/products", { params: { query: {} } })),
    prefetched(api.GET("/api/v1/stores")),
  ]);
  return (
    <Page>
      <Home
        live={live?.streams}
        upcoming={upcoming?.streams}
        products={products?.products}
        stores={stores?.stores}
      />
    </Page>
  );
}
