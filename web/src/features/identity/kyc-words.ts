import type { KycDocumentKind, KycStatus } from "@/lib/api/types";
import type { Tone } from "@/ui/badge";

export const document_words: Record<KycDocumentKind, string> = {
  identity_front: "Identity card or passport, front",
  identity_back: "Identity card, back",
  driving_licence: "Driving licence",
  business_registration: "Business registration",
  selfie: "A picture of yourself",
};

export const kyc_words: Record<KycStatus, { label: string; tone: Tone }> = {
  pending: { label: "Waiting", tone: "warning" },
  verified: { label: "Verified", tone: "success" },
  rejected: { label: "Rejected", tone: "danger" },
};

/** What may be handed in: what is asked for first, then what helps. */
export function kinds_to_show(required: readonly KycDocumentKind[]): KycDocumentKind[] {
  const helpful: KycDocumentKind[] = ["identity_back", "selfie"];
  return [...required, ...helpful.filter((kind) => !required.includes(kind))];
}
