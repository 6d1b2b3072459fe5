"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import { accept_session, accept_user, drop_session } from "@/lib/auth/session";

export type Credentials = { email: string; password: string };
export type Registration = Credentials & { name: string; role: "customer" | "store_owner" | "driver" };

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Credentials) => body_of(api.POST("/api/v1/auth/login", { body })),
    onSuccess: (session) => {
      queries.clear();
      accept_session(session);
    },
  });
}

export function useRegister() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Registration) => body_of(api.POST("/api/v1/auth/register", { body })),
    onSuccess: (session) => {
      queries.clear();
      accept_session(session);
    },
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => body_of(api.POST("/api/v1/auth/logout", { body: {} })),
    onSuccess: () => {
      drop_session();
      queries.clear();
    },
  });
}

export function useUpdateProfile() {
  return useMutation({
    mutationFn: (body: { name: string; phone?: string }) => body_of(api.PUT("/api/v1/me", { body })),
    onSuccess: accept_user,
  });
}
