"use client";

import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import type { KycStatus, Role, UserStatus } from "@/lib/api/types";

const keys = {
  users: ["admin", "users"] as const,
  kyc: ["admin", "kyc"] as const,
};

export type UserFilter = { q?: string; role?: Role; status?: UserStatus; kyc_status?: KycStatus };

export function useUsers(filter: UserFilter) {
  return useInfiniteQuery({
    queryKey: [...keys.users, "list", filter],
    queryFn: ({ pageParam }) =>
      body_of(
        api.GET("/api/v1/admin/users", {
          params: { query: { ...filter, ...(pageParam && { after: pageParam }) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? null,
    placeholderData: keepPreviousData,
  });
}

export function useUserFile(user_id: string) {
  return useQuery({
    queryKey: [...keys.users, "one", user_id],
    queryFn: () => body_of(api.GET("/api/v1/admin/users/{user_id}", { params: { path: { user_id } } })),
  });
}

export function useSetUserStatus(user_id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { status: "active" | "suspended"; reason?: string }) =>
      body_of(api.PUT("/api/v1/admin/users/{user_id}/status", { params: { path: { user_id } }, body })),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.users }),
  });
}

export function useKycQueue(status: KycStatus) {
  return useQuery({
    queryKey: [...keys.kyc, "list", status],
    queryFn: async () =>
      (await body_of(api.GET("/api/v1/admin/kyc", { params: { query: { status } } }))).submissions,
  });
}

export function useKycFile(user_id: string) {
  return useQuery({
    queryKey: [...keys.kyc, "one", user_id],
    queryFn: () => body_of(api.GET("/api/v1/admin/kyc/{user_id}", { params: { path: { user_id } } })),
  });
}

/** The picture of a document, as the browser holds it; it has no address that others could open. */
export function useKycPicture(user_id: string, document_id: string) {
  return useQuery({
    queryKey: [...keys.kyc, "picture", document_id],
    queryFn: () =>
      body_of<Blob>(
        api.GET("/api/v1/admin/kyc/{user_id}/documents/{document_id}", {
          params: { path: { user_id, document_id } },
          parseAs: "blob",
        }),
      ),
    gcTime: 0,
    staleTime: Infinity,
  });
}

export function useDecideKyc(user_id: string) {
  const queries = useQueryClient();
  const path = { user_id };
  return useMutation({
    mutationFn: (reason: string | null) =>
      reason === null
        ? body_of(api.POST("/api/v1/admin/kyc/{user_id}/verify", { params: { path } }))
        : body_of(api.POST("/api/v1/admin/kyc/{user_id}/reject", { params: { path }, body: { reason } })),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: keys.kyc }),
        queries.invalidateQueries({ queryKey: keys.users }),
      ]),
  });
}
