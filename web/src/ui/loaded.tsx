"use client";

import type { ReactNode } from "react";
import { sentence_of } from "@/lib/api/problem";
import { ErrorState } from "./error-state";
import { Skeleton } from "./surfaces";
import { toast } from "./toast";

type Query<Data> = {
  data: Data | undefined;
  error: unknown;
  isLoadingError: boolean;
  refetch: () => Promise<unknown>;
};

type LoadedProps<Data> = {
  query: Query<Data>;
  /** What screen readers are told meanwhile: "Loading reviews". */
  loading: string;
  /** The size of what will be here. */
  className?: string;
  children: (data: Data) => ReactNode;
};

/** What was asked for once it is there; until then its place, or why it did not come and a way to ask again. */
export function Loaded<Data>({ query, loading, className = "h-64", children }: LoadedProps<Data>) {
  if (query.isLoadingError)
    return <ErrorState message={sentence_of(query.error)} on_retry={() => query.refetch()} />;
  if (query.data === undefined) return <Skeleton className={className} aria-label={loading} />;
  return children(query.data);
}

/** For a change that was refused: what did not happen, and the server's sentence why. */
export const refused = (title: string) => (fault: unknown) => toast("danger", title, sentence_of(fault));
