"use client";

import { useQuery } from "@tanstack/react-query";
import { api, body_of } from "./api/client";

/** What this installation and tenant are set to: names, addresses, keys meant for browsers. */
export function useConfig() {
  return useQuery({
    queryKey: ["config"],
    queryFn: () => body_of(api.GET("/api/v1/config")),
    staleTime: Infinity,
  });
}
