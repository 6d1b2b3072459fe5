"use client";

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import { useChange } from "@/lib/api/use-change";
import type { ChangeStream, CreateStream, Product, StreamStatus } from "@/lib/api/types";
import { useEvents } from "@/lib/realtime/use-events";
import { invitation, live_keys } from "./queries";

export const host_keys = {
  invite: (stream_id: string) => ["streams", stream_id, "invite"] as const,
  summary: (stream_id: string) => ["streams", stream_id, "summary"] as const,
  participants: (stream_id: string) => ["streams", stream_id, "participants"] as const,
  recording: (stream_id: string) => ["streams", stream_id, "recording"] as const,
  requests: (stream_id: string) => ["streams", stream_id, "requests"] as const,
  mutes: (stream_id: string) => ["streams", stream_id, "mutes"] as const,
  words: (stream_id: string) => ["streams", stream_id, "words"] as const,
};

const all_streams = ["streams"] as const;
const of = (stream_id: string) => ({ params: { path: { stream_id } } });

/** A store's shows, private and cancelled ones, too, page by page. */
export function useStoreStreams(store_id: string, status: StreamStatus) {
  return useInfiniteQuery({
    queryKey: [...live_keys.streams_of(store_id), status],
    queryFn: ({ pageParam }) =>
      body_of(
        api.GET("/api/v1/stores/{store_id}/streams", {
          params: { path: { store_id }, query: { status, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? null,
  });
}

export function usePlanStream() {
  return useChange([all_streams], (body: CreateStream) => body_of(api.POST("/api/v1/streams", { body })));
}

export function useChangeStream(stream_id: string) {
  return useChange([all_streams], (body: ChangeStream) =>
    body_of(api.PUT("/api/v1/streams/{stream_id}", { ...of(stream_id), body })),
  );
}

export function useCancelStream(stream_id: string) {
  return useChange([all_streams], () =>
    body_of(api.POST("/api/v1/streams/{stream_id}/cancel", of(stream_id))),
  );
}

/** The link that lets people into a private show. */
export function useInvite(stream_id: string) {
  return useQuery({
    queryKey: host_keys.invite(stream_id),
    queryFn: () => body_of(api.GET("/api/v1/streams/{stream_id}/invites", of(stream_id))),
  });
}

export function useRenewInvite(stream_id: string) {
  return useChange([host_keys.invite(stream_id)], () =>
    body_of(api.POST("/api/v1/streams/{stream_id}/invites", of(stream_id))),
  );
}

export function useStreamSummary(stream_id: string) {
  return useQuery({
    queryKey: host_keys.summary(stream_id),
    queryFn: () => body_of(api.GET("/api/v1/streams/{stream_id}/summary", of(stream_id))),
  });
}

export function useParticipants(stream_id: string) {
  return useInfiniteQuery({
    queryKey: host_keys.participants(stream_id),
    queryFn: ({ pageParam }) =>
      body_of(
        api.GET("/api/v1/streams/{stream_id}/participants", {
          params: { path: { stream_id }, query: pageParam ? { cursor: pageParam } : {} },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? null,
  });
}

/** A recording is asked for again until it is ready, in milliseconds. */
const RECORDING_REFRESH_MS = 5_000;

export function useRecording(stream_id: string, enabled: boolean) {
  return useQuery({
    queryKey: host_keys.recording(stream_id),
    queryFn: () =>
      body_of(
        api.GET("/api/v1/streams/{stream_id}/recording", {
          params: { path: { stream_id }, query: invitation() },
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.status === "processing" ? RECORDING_REFRESH_MS : false),
    enabled,
  });
}

export function useDeleteRecording(stream_id: string) {
  return useChange([live_keys.stream(stream_id)], () =>
    body_of(api.DELETE("/api/v1/streams/{stream_id}/recording", of(stream_id))),
  );
}

/** What viewers wait to see; each new wish is told by socket. */
export function useRequests(stream_id: string) {
  const queries = useQueryClient();
  const queryKey = host_keys.requests(stream_id);
  const refresh = () => void queries.invalidateQueries({ queryKey });
  useEvents({
    "stream:product:request": (event) => event.stream_id === stream_id && refresh(),
    connect: refresh,
  });
  return useQuery({
    queryKey,
    queryFn: async () =>
      (await body_of(api.GET("/api/v1/streams/{stream_id}/product-requests", of(stream_id)))).requests,
  });
}

export function useDismissRequest(stream_id: string) {
  return useChange([host_keys.requests(stream_id)], (product_id: string) =>
    body_of(
      api.POST("/api/v1/streams/{stream_id}/product-requests/{product_id}/dismiss", {
        params: { path: { stream_id, product_id } },
      }),
    ),
  );
}

/** Puts the pinned products in order: shown at once, and as it was if that is refused. */
export function useOrderPins(stream_id: string) {
  const queries = useQueryClient();
  const queryKey = live_keys.pins(stream_id);
  return useChange([], async (pins: Product[]) => {
    const before = queries.getQueryData<Product[]>(queryKey);
    queries.setQueryData(queryKey, pins);
    try {
      const body = { product_ids: pins.map(({ id }) => id) };
      await body_of(api.PUT("/api/v1/streams/{stream_id}/pins", { ...of(stream_id), body }));
    } catch (fault) {
      queries.setQueryData(queryKey, before);
      throw fault;
    }
  });
}

export function useDeleteMessage(stream_id: string) {
  return useChange([], (message_id: string) =>
    body_of(
      api.DELETE("/api/v1/streams/{stream_id}/chat/{message_id}", {
        params: { path: { stream_id, message_id } },
      }),
    ),
  );
}

export type MuteWish = { user_id: string; duration_s?: number; reason?: string; delete_messages?: boolean };

export function useMute(stream_id: string) {
  return useChange([host_keys.mutes(stream_id)], (body: MuteWish) =>
    body_of(api.POST("/api/v1/streams/{stream_id}/mutes", { ...of(stream_id), body })),
  );
}

export function useMutes(stream_id: string) {
  return useQuery({
    queryKey: host_keys.mutes(stream_id),
    queryFn: async () => (await body_of(api.GET("/api/v1/streams/{stream_id}/mutes", of(stream_id)))).mutes,
  });
}

export function useUnmute(stream_id: string) {
  return useChange([host_keys.mutes(stream_id)], (mute_id: string) =>
    body_of(
      api.DELETE("/api/v1/streams/{stream_id}/mutes/{mute_id}", { params: { path: { stream_id, mute_id } } }),
    ),
  );
}

export function useStreamWords(stream_id: string) {
  return useQuery({
    queryKey: host_keys.words(stream_id),
    queryFn: async () =>
      (await body_of(api.GET("/api/v1/streams/{stream_id}/muted-words", of(stream_id)))).words,
  });
}

export function useSetStreamWords(stream_id: string) {
  return useChange([host_keys.words(stream_id)], (words: string[]) =>
    body_of(api.PUT("/api/v1/streams/{stream_id}/muted-words", { ...of(stream_id), body: { words } })),
  );
}
