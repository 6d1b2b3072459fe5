import type { Role, UserStatus } from "@/lib/api/types";
import type { Tone } from "@/ui/badge";

export const role_words: Record<Role, string> = {
  customer: "Customer",
  store_owner: "Store owner",
  store_staff: "Store staff",
  driver: "Driver",
  admin: "Admin",
};

export const status_words: Record<UserStatus, { label: string; tone: Tone }> = {
  active: { label: "Active", tone: "success" },
  suspended: { label: "Suspended", tone: "danger" },
  pending_verification: { label: "Email not confirmed", tone: "warning" },
};

const actions: Record<string, string> = {
  "user.suspend": "Suspended",
  "user.reactivate": "Let in again",
  "kyc.verify": "Identity verified",
  "kyc.reject": "Papers rejected",
};

/** What was done, in words; an action without any is shown as it is written down. */
export function action_words(action: string): string {
  return actions[action] ?? action;
}

/** The reason among an entry's particulars, where there is one. */
export function reason_of(detail: unknown): string | null {
  if (typeof detail !== "object" || detail === null || !("reason" in detail)) return null;
  return typeof detail.reason === "string" ? detail.reason : null;
}
