import type { Terms } from "@/lib/api/types";
import { parse_money } from "@/ui/money";

/** Terms as typed: percentages and amounts in words of people. */
export type TermsDraft = {
  commission_percent: string;
  driver_percent: string;
  delivery_fee_model: Terms["delivery_fee_model"];
  base: string;
  per_km: string;
};

const COMMISSION_MAX_BP = 5000;
const SHARE_MAX_BP = 10000;

/** Basis points of "12.5" percent; null where it is none, or more than `max_bp`. */
export function parse_percent(typed: string, max_bp: number): number | null {
  if (!/^\d{1,3}([.,]\d{1,2})?$/.test(typed.trim())) return null;
  const basis_points = Math.round(Number(typed.trim().replace(",", ".")) * 100);
  return basis_points <= max_bp ? basis_points : null;
}

/** What to send, or what is wrong, in a sentence. */
export function terms_of(draft: TermsDraft, currency: string): { ok: Terms } | { fault: string } {
  const commission_rate_bp = parse_percent(draft.commission_percent, COMMISSION_MAX_BP);
  if (commission_rate_bp === null) return { fault: "The commission is a percentage from 0 to 50." };
  const driver_share_bp = parse_percent(draft.driver_percent, SHARE_MAX_BP);
  if (driver_share_bp === null) return { fault: "The driver’s share is a percentage from 0 to 100." };
  const delivery_base_minor = parse_money(draft.base, currency);
  const delivery_per_km_minor = parse_money(draft.per_km, currency);
  if (delivery_base_minor === null || delivery_per_km_minor === null)
    return { fault: "Enter the delivery fees as amounts, like 1.50." };
  const { delivery_fee_model } = draft;
  return {
    ok: {
      commission_rate_bp,
      driver_share_bp,
      delivery_fee_model,
      delivery_base_minor,
      delivery_per_km_minor,
    },
  };
}
