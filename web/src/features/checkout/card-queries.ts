"use client";

import { useQuery } from "@tanstack/react-query";
import { api, body_of } from "@/lib/api/client";
import type { SavedPaymentMethod } from "@/lib/api/types";
import { useChange } from "@/lib/api/use-change";
import { useUser } from "@/lib/auth/use-session";

const cards_key = ["payment-methods"] as const;

export function useSavedCards() {
  const user = useUser();
  return useQuery({
    queryKey: cards_key,
    queryFn: async () => (await body_of(api.GET("/api/v1/me/payment-methods"))).payment_methods,
    enabled: user !== null,
  });
}

/** Keeps a card that was typed into the provider's frame, for the next time. */
export function useSaveCard() {
  return useChange([cards_key], (payment_method_id: string) =>
    body_of(api.POST("/api/v1/me/payment-methods", { body: { payment_method_id } })),
  );
}

export function useForgetCard() {
  return useChange([cards_key], (payment_method_id: string) =>
    body_of(
      api.DELETE("/api/v1/me/payment-methods/{payment_method_id}", {
        params: { path: { payment_method_id } },
      }),
    ),
  );
}

const brand_words: Record<string, string> = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "American Express",
};

/** "Visa ending in 4242" */
export function card_words({ brand, last4 }: Pick<SavedPaymentMethod, "brand" | "last4">): string {
  return `${brand_words[brand] ?? brand} ending in ${last4}`;
}

/** "04/30" */
export function card_expiry({ exp_month, exp_year }: Pick<SavedPaymentMethod, "exp_month" | "exp_year">) {
  return `${String(exp_month).padStart(2, "0")}/${String(exp_year % 100).padStart(2, "0")}`;
}
