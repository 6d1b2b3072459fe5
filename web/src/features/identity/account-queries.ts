"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import type { KycDocumentKind } from "@/lib/api/types";
import { picture_body } from "@/lib/api/picture";
import { accept_user, drop_session } from "@/lib/auth/session";

export { picture_fault, PICTURE_TYPES } from "@/lib/api/picture";

export const account_keys = {
  addresses: ["account", "addresses"] as const,
  sessions: ["account", "sessions"] as const,
  kyc: ["account", "kyc"] as const,
};

/** Reads the account anew: what a code confirmed shows everywhere. */
export async function reload_me(): Promise<void> {
  accept_user(await body_of(api.GET("/api/v1/me")));
}

export function useAddresses(enabled = true) {
  return useQuery({
    queryKey: account_keys.addresses,
    queryFn: async () => (await body_of(api.GET("/api/v1/me/addresses"))).addresses,
    enabled,
  });
}

export function useSessions() {
  return useQuery({
    queryKey: account_keys.sessions,
    queryFn: async () => (await body_of(api.GET("/api/v1/me/sessions"))).sessions,
  });
}

export function useMyKyc() {
  return useQuery({
    queryKey: account_keys.kyc,
    queryFn: () => body_of(api.GET("/api/v1/me/kyc")),
  });
}

/** A change after which the named list is read anew. */
function useChange<Input, Output>(key: readonly string[], change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
}

type NewAddress = {
  label: string;
  street: string;
  city: string;
  state?: string;
  zip: string;
  country: string;
  lat: number;
  lng: number;
};

export const useAddAddress = () =>
  useChange(account_keys.addresses, (body: NewAddress) =>
    body_of(api.POST("/api/v1/me/addresses", { body })),
  );

export const useChangeAddress = () =>
  useChange(
    account_keys.addresses,
    ({ id, ...body }: { id: string; is_default?: boolean } & Partial<NewAddress>) =>
      body_of(api.PUT("/api/v1/me/addresses/{address_id}", { params: { path: { address_id: id } }, body })),
  );

export const useRemoveAddress = () =>
  useChange(account_keys.addresses, (address_id: string) =>
    body_of(api.DELETE("/api/v1/me/addresses/{address_id}", { params: { path: { address_id } } })),
  );

export const useEndSession = () =>
  useChange(account_keys.sessions, (session_id: string) =>
    body_of(api.DELETE("/api/v1/me/sessions/{session_id}", { params: { path: { session_id } } })),
  );

/** Ends the session here as well: the pages forget who was signed in. */
export function useSignOutEverywhere() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => body_of(api.DELETE("/api/v1/me/sessions")),
    onSuccess: () => {
      drop_session();
      queries.clear();
    },
  });
}

/** `on_left` is called though the page is gone by then: pages of an account are for those who are signed in. */
export function useDeleteAccount(on_left: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (password: string) => body_of(api.DELETE("/api/v1/me", { body: { password } })),
    onSuccess: () => {
      drop_session();
      queries.clear();
      on_left();
    },
  });
}

export const usePutKycDocument = () =>
  useChange(account_keys.kyc, ({ kind, file }: { kind: KycDocumentKind; file: File }) =>
    body_of(
      api.PUT("/api/v1/me/kyc/documents/{kind}", { params: { path: { kind } }, ...picture_body(file) }),
    ),
  );

export const useRemoveKycDocument = () =>
  useChange(account_keys.kyc, (kind: KycDocumentKind) =>
    body_of(api.DELETE("/api/v1/me/kyc/documents/{kind}", { params: { path: { kind } } })),
  );

export const useSubmitKyc = () =>
  useChange(account_keys.kyc, (body: { legal_name: string; date_of_birth: string; business_name?: string }) =>
    body_of(api.POST("/api/v1/me/kyc", { body })),
  );
