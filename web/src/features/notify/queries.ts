"use client";

import {
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type InfiniteData,
} from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import type { ChangePreferences, NotificationList } from "@/lib/api/types";
import { useUser } from "@/lib/auth/use-session";
import { useEvents } from "@/lib/realtime/use-events";

export const notify_keys = {
  list: ["notifications"] as const,
  unread: ["notifications", "unread"] as const,
  preferences: ["notification-preferences"] as const,
  devices: ["push-subscriptions"] as const,
};

const page = (before?: string, limit = 30) =>
  body_of(api.GET("/api/v1/me/notifications", { params: { query: { limit, ...(before && { before }) } } }));

/** How many notifications are unread; kept current by the socket. */
export function useUnreadCount() {
  const user = useUser();
  const queries = useQueryClient();
  const unread = useQuery({
    queryKey: notify_keys.unread,
    queryFn: async () => (await page(undefined, 1)).unread_count,
    enabled: user !== null,
  });
  useEvents(
    {
      "notification:new": () => queries.invalidateQueries({ queryKey: notify_keys.list }),
      opened: () => queries.invalidateQueries({ queryKey: notify_keys.list }),
    },
    user !== null,
  );
  return unread;
}

/** What the signed-in person was told, page by page, the newest first. */
export function useNotifications() {
  return useInfiniteQuery({
    queryKey: [...notify_keys.list, "pages"],
    queryFn: ({ pageParam }) => page(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_before ?? undefined,
  });
}

function with_read(data: InfiniteData<NotificationList> | undefined, id?: string) {
  return (
    data && {
      ...data,
      pages: data.pages.map((list) => ({
        ...list,
        notifications: list.notifications.map((one) =>
          id === undefined || one.id === id ? { ...one, is_read: true } : one,
        ),
      })),
    }
  );
}

/** Marks one as read, or all; shown at once, and set right again where the server refuses. */
export function useMarkRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string | undefined) =>
      id === undefined
        ? body_of(api.PUT("/api/v1/me/notifications/read"))
        : body_of(
            api.PUT("/api/v1/me/notifications/{notification_id}/read", {
              params: { path: { notification_id: id } },
            }),
          ),
    onMutate: (id) => {
      queries.setQueryData<InfiniteData<NotificationList>>([...notify_keys.list, "pages"], (data) =>
        with_read(data, id),
      );
    },
    onSuccess: ({ unread_count }) => queries.setQueryData(notify_keys.unread, unread_count),
    onError: () => queries.invalidateQueries({ queryKey: notify_keys.list }),
  });
}

export function usePreferences() {
  return useQuery({
    queryKey: notify_keys.preferences,
    queryFn: () => body_of(api.GET("/api/v1/me/notification-preferences")),
  });
}

export function useChangePreferences() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ChangePreferences) =>
      body_of(api.PUT("/api/v1/me/notification-preferences", { body })),
    onSuccess: (preferences) => queries.setQueryData(notify_keys.preferences, preferences),
  });
}
