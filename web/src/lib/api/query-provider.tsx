"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { subscribe_to_gaps } from "../realtime/socket";
import { ApiError } from "./problem";

const RETRIES_MAX = 2;

/** Worth asking again: no answer, a gateway's answer, or "too many"; never what the request itself caused. */
function is_passing(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 502);
}

export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 5_000,
            retry: (count, error) => count < RETRIES_MAX && is_passing(error),
            networkMode: "always",
          },
          mutations: { networkMode: "always" },
        },
      }),
  );
  // What events were missed is not known: what is shown is asked for again, the rest when it is shown.
  useEffect(() => subscribe_to_gaps(() => void client.invalidateQueries()), [client]);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
