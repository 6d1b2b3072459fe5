import type { Metadata } from "next";
import { prefetched, public_api } from "@/lib/api/server";
import { Watch } from "./watch";

export const revalidate = 5;
export const generateStaticParams = () => [];

type Props = { params: Promise<{ tenant: string; stream_id: string }> };

async function load({ params }: Props) {
  const { tenant, stream_id } = await params;
  const stream = await prefetched(
    public_api(tenant).GET("/api/v1/streams/{stream_id}", { params: { path: { stream_id } } }),
  );
  return { stream_id, stream };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { stream } = await load(props);
  return {
    title: stream ? `${stream.title} by ${stream.store_name}` : "Live show",
    description: stream?.description ?? undefined,
  };
}

export default async function WatchPage(props: Props) {
  return <Watch {...await load(props)} />;
}
