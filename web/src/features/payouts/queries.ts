"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import { useChange } from "@/lib/api/use-change";
import type { PayoutSettings, PayoutStatus } from "@/lib/api/types";
import { useEvents } from "@/lib/realtime/use-events";

export const payout_keys = {
  all: ["payouts"] as const,
  mine: ["payouts", "mine"] as const,
  one: (payout_id: string) => ["payouts", payout_id] as const,
  account: (store_id: string | null) => ["payouts", "account", store_id] as const,
  admin: (status: PayoutStatus | "") => ["payouts", "admin", status] as const,
  tenant_settings: ["payouts", "tenant_settings"] as const,
};

/** What the caller was paid, or will be; a payout that moves is told by socket. */
export function usePayouts() {
  const queries = useQueryClient();
  const refresh = () => void queries.invalidateQueries({ queryKey: payout_keys.all });
  useEvents({ "payout:update": refresh, opened: refresh });
  return useQuery({
    queryKey: payout_keys.mine,
    queryFn: async () => (await body_of(api.GET("/api/v1/payouts"))).payouts,
  });
}

export function usePayout(payout_id: string) {
  return useQuery({
    queryKey: payout_keys.one(payout_id),
    queryFn: () => body_of(api.GET("/api/v1/payouts/{payout_id}", { params: { path: { payout_id } } })),
  });
}

/** Of a store, or of the driver that the caller is. */
export function usePayoutAccount(store_id: string | null) {
  return useQuery({
    queryKey: payout_keys.account(store_id),
    queryFn: () =>
      body_of(api.GET("/api/v1/me/payout-account", { params: { query: store_id ? { store_id } : {} } })),
  });
}

/** Opens the account at the payment provider, or asks anew how it stands. */
export function useOpenPayoutAccount(store_id: string | null) {
  return useChange([payout_keys.account(store_id)], () =>
    body_of(api.POST("/api/v1/me/payout-account", { body: store_id ? { store_id } : {} })),
  );
}

export function useChangePayoutSettings(store_id: string | null) {
  return useChange([payout_keys.account(store_id)], (settings: PayoutSettings) =>
    body_of(api.PUT("/api/v1/me/payout-settings", { body: { ...settings, ...(store_id && { store_id }) } })),
  );
}

export function useAllPayouts(status: PayoutStatus | "") {
  return useQuery({
    queryKey: payout_keys.admin(status),
    queryFn: async () =>
      (await body_of(api.GET("/api/v1/admin/payouts", { params: { query: status ? { status } : {} } })))
        .payouts,
  });
}

export function useRunPayouts() {
  return useChange(
    [payout_keys.all],
    async () => (await body_of(api.POST("/api/v1/admin/payouts/run"))).payouts,
  );
}

export function useRetryPayout() {
  return useChange([payout_keys.all], (payout_id: string) =>
    body_of(api.POST("/api/v1/admin/payouts/{payout_id}/retry", { params: { path: { payout_id } } })),
  );
}

export function useTenantPayoutSettings() {
  return useQuery({
    queryKey: payout_keys.tenant_settings,
    queryFn: () => body_of(api.GET("/api/v1/admin/payout-settings")),
  });
}

export function useChangeTenantPayoutSettings() {
  return useChange([payout_keys.tenant_settings], (body: PayoutSettings) =>
    body_of(api.PUT("/api/v1/admin/payout-settings", { body })),
  );
}
