"use client";

import { useMutation, useQueryClient, type QueryKey } from "@tanstack/react-query";

/** A change, after which (done or refused) everything under these keys is read anew. */
export function useChange<Input, Output>(
  keys: readonly QueryKey[],
  change: (input: Input) => Promise<Output>,
) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
}
