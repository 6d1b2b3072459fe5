"use client";

import { useQuery } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import { useChange } from "@/lib/api/use-change";

const blocks_key = ["blocks"] as const;
const preferences_key = ["live-preferences"] as const;

/** Whom the person does not want to read. */
export function useBlocks(enabled = true) {
  return useQuery({
    queryKey: blocks_key,
    queryFn: async () => (await body_of(api.GET("/api/v1/me/blocks"))).people,
    enabled,
  });
}

export function useBlock() {
  return useChange([blocks_key], (user_id: string) =>
    body_of(api.POST("/api/v1/me/blocks", { body: { user_id } })),
  );
}

export function useUnblock() {
  return useChange([blocks_key], (user_id: string) =>
    body_of(api.DELETE("/api/v1/me/blocks/{user_id}", { params: { path: { user_id } } })),
  );
}

export function useLivePreferences() {
  return useQuery({
    queryKey: preferences_key,
    queryFn: () => body_of(api.GET("/api/v1/me/live-preferences")),
  });
}

export function useSetLivePreferences() {
  return useChange([preferences_key], (shows_first_name: boolean) =>
    body_of(api.PUT("/api/v1/me/live-preferences", { body: { shows_first_name } })),
  );
}
