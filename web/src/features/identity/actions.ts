"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import { accept_session, accept_user, drop_session } from "@/lib/auth/session";
import { account_keys } from "./account-queries";

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

export type ProfileChange = {
  name?: string;
  phone?: string;
  locale?: string;
  preferences?: { theme?: "system" | "light" | "dark" };
};

export function useUpdateProfile() {
  return useMutation({
    mutationFn: (body: ProfileChange) => body_of(api.PUT("/api/v1/me", { body })),
    onSuccess: accept_user,
  });
}

/** Asks for a code for a forgotten password; the answer is the same whether there is such an account or not. */
export function useForgotPassword() {
  return useMutation({
    mutationFn: (email: string) => body_of(api.POST("/api/v1/auth/forgot-password", { body: { email } })),
  });
}

export function useResetPassword() {
  return useMutation({
    mutationFn: (body: { verification_id: string; code: string; password: string }) =>
      body_of(api.POST("/api/v1/auth/reset-password", { body })),
  });
}

export type CodeEntry = { verification_id?: string; code: string };

export function useVerifyContact(contact: "email" | "phone") {
  return useMutation({
    mutationFn: (body: CodeEntry) =>
      contact === "email"
        ? body_of(api.POST("/api/v1/auth/verify-email", { body }))
        : body_of(api.POST("/api/v1/auth/verify-phone", { body })),
  });
}

export function useRequestCode() {
  return useMutation({
    mutationFn: (contact: "email" | "phone") =>
      body_of(api.POST("/api/v1/auth/verifications", { body: { contact } })),
  });
}

export function useChangeEmail() {
  return useMutation({
    mutationFn: (body: Credentials) => body_of(api.PUT("/api/v1/me/email", { body })),
  });
}

export function useChangePassword() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { current_password: string; password: string }) =>
      body_of(api.PUT("/api/v1/me/password", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: account_keys.sessions }),
  });
}
