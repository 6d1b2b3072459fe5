import "server-only";
import createClient from "openapi-fetch";
import type { paths } from "@/generated/schema";
import { tenant_headers } from "../tenant";

/** How long a public page may show what it last read, in seconds. */
export const PUBLIC_REVALIDATE_S = 5;

/** The API as seen by pages rendered on the server: anonymous, cached, of one tenant. */
export function public_api(tenant_key: string) {
  return createClient<paths>({
    baseUrl: process.env.LIVESHOP_API_URL ?? "http://127.0.0.1:8080",
    headers: tenant_headers(tenant_key),
    fetch: (request) => fetch(request, { next: { revalidate: PUBLIC_REVALIDATE_S } } as RequestInit),
  });
}

/** Data for the first paint. Without it the page still works: the browser asks again and shows what failed. */
export async function prefetched<Data>(pending: Promise<{ data?: Data }>): Promise<Data | undefined> {
  try {
    const { data } = await pending;
    return data;
  } catch (fault) {
    console.warn("prefetch failed:", fault instanceof Error ? fault.message : fault);
    return undefined;
  }
}
