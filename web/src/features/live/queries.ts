"use client";

import { skipToken, useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import type { Message, MuteNotice, Product, Stream, StreamStatus } from "@/lib/api/types";
import { merge_messages } from "./messages";

/** The invitation in this page's address, which lets one into a private show: "?invite=…". */
export function invitation(): { invite?: string } {
  const invite =
    typeof window === "undefined" ? null : new URLSearchParams(window.location.search).get("invite");
  return invite ? { invite } : {};
}

/** A private show's address goes on with its invitation. */
export function show_path(stream_id: string): string {
  const { invite } = invitation();
  return `/live/${stream_id}${invite ? `?invite=${encodeURIComponent(invite)}` : ""}`;
}

export const live_keys = {
  streams: (status: StreamStatus) => ["streams", { status }] as const,
  stream: (stream_id: string) => ["streams", stream_id] as const,
  streams_of: (store_id: string) => ["streams", { store_id }] as const,
  pins: (stream_id: string) => ["streams", stream_id, "pins"] as const,
  chat: (stream_id: string) => ["streams", stream_id, "chat"] as const,
  mute: (stream_id: string) => ["streams", stream_id, "mute"] as const,
};

/** The home page asks again this often while it is open, in milliseconds. */
const LIST_REFRESH_MS = 10_000;

export function useStreams(status: StreamStatus, initial?: Stream[]) {
  return useQuery({
    queryKey: live_keys.streams(status),
    queryFn: async () =>
      (await body_of(api.GET("/api/v1/streams", { params: { query: { status } } }))).streams,
    initialData: initial,
    initialDataUpdatedAt: 0,
    refetchInterval: LIST_REFRESH_MS,
  });
}

export function useStream(stream_id: string, initial?: Stream) {
  return useQuery({
    queryKey: live_keys.stream(stream_id),
    queryFn: () =>
      body_of(
        api.GET("/api/v1/streams/{stream_id}", { params: { path: { stream_id }, query: invitation() } }),
      ),
    initialData: initial,
    initialDataUpdatedAt: 0,
    enabled: stream_id !== "",
  });
}

/** What the server just said of a stream. An answer still under way to an earlier question is older: it is dropped. */
export async function keep_stream(queries: QueryClient, stream: Stream): Promise<void> {
  const queryKey = live_keys.stream(stream.id);
  await queries.cancelQueries({ queryKey, exact: true });
  queries.setQueryData(queryKey, stream);
}

/** Whether the show is known to be over. */
export function is_over(queries: QueryClient, stream_id: string): boolean {
  return queries.getQueryData<Stream>(live_keys.stream(stream_id))?.status === "ended";
}

/** The store's own show that is on air now, public or private, if there is one. */
export function useRunningStream(store_id: string) {
  return useQuery({
    queryKey: [...live_keys.streams_of(store_id), "running"],
    queryFn: async () => {
      const params = { path: { store_id }, query: { status: "live" } } as const;
      return (await body_of(api.GET("/api/v1/stores/{store_id}/streams", { params }))).streams;
    },
    select: (streams) => streams[0] ?? null,
  });
}

/** A store's public shows: on air, announced and over, the last one first. */
export function useShowsOf(store_id: string) {
  return useQuery({
    queryKey: live_keys.streams_of(store_id),
    queryFn: async () =>
      (await body_of(api.GET("/api/v1/stores/{store_id}/streams", { params: { path: { store_id } } })))
        .streams,
    refetchInterval: LIST_REFRESH_MS,
  });
}

/** What is pinned, newest first; filled by joining the room and by its events. */
export function usePins(stream_id: string): Product[] {
  const pins = useQuery<Product[]>({ queryKey: live_keys.pins(stream_id), queryFn: skipToken });
  return pins.data ?? [];
}

/** Why this person may not write at the moment; null: they may. Told by joining the room and by its events. */
export function useMyMute(stream_id: string): MuteNotice | null {
  const mute = useQuery<MuteNotice | null>({ queryKey: live_keys.mute(stream_id), queryFn: skipToken });
  return mute.data ?? null;
}

/** The room's messages, oldest first. What arrived by socket while the history was loading is kept. */
export function useChat(stream_id: string) {
  const queries = useQueryClient();
  const queryKey = live_keys.chat(stream_id);
  return useQuery({
    queryKey,
    queryFn: async () => {
      const { messages } = await body_of(
        api.GET("/api/v1/streams/{stream_id}/chat", {
          params: { path: { stream_id }, query: invitation() },
        }),
      );
      return merge_messages(queries.getQueryData<Message[]>(queryKey) ?? [], messages);
    },
    staleTime: Infinity,
  });
}

export function useCreateStream() {
  return useMutation({
    mutationFn: (body: { store_id: string; title: string; description?: string }) =>
      body_of(api.POST("/api/v1/streams", { body })),
  });
}

export function useEndStream() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (stream_id: string) =>
      body_of(api.POST("/api/v1/streams/{stream_id}/end", { params: { path: { stream_id } } })),
    onSuccess: async (stream) => {
      await keep_stream(queries, stream);
      // Lists that are not on the page, too: the studio shows what is planned again, without this one.
      return queries.invalidateQueries({ queryKey: ["streams"], refetchType: "all" });
    },
  });
}

/** Goes on air, or comes back to it: where to publish, for this attempt. */
export async function start_stream(stream_id: string) {
  return body_of(api.POST("/api/v1/streams/{stream_id}/start", { params: { path: { stream_id } } }));
}

/** Where to watch, for this attempt. */
export async function join_stream(stream_id: string) {
  return body_of(
    api.POST("/api/v1/streams/{stream_id}/join", { params: { path: { stream_id } }, body: invitation() }),
  );
}

async function set_pinned(stream_id: string, product_id: string, pinned: boolean): Promise<Product | null> {
  if (!pinned) {
    const path = { stream_id, product_id };
    await body_of(api.DELETE("/api/v1/streams/{stream_id}/pin/{product_id}", { params: { path } }));
    return null;
  }
  const params = { path: { stream_id } };
  const { product } = await body_of(
    api.POST("/api/v1/streams/{stream_id}/pin", { params, body: { product_id } }),
  );
  return product;
}

/** Shows a product to the viewers, or takes it away. */
export function usePin(stream_id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ product_id, pinned }: { product_id: string; pinned: boolean }) =>
      set_pinned(stream_id, product_id, pinned),
    onSuccess: (product, { product_id }) =>
      queries.setQueryData<Product[]>(live_keys.pins(stream_id), (pins = []) => {
        const others = pins.filter(({ id }) => id !== product_id);
        return product ? [product, ...others] : others;
      }),
  });
}
