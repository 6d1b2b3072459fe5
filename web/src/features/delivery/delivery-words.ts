import type { DeliveryStatus, FailureReason } from "@/lib/api/types";
import type { Tone } from "@/ui/badge";

export const ended: ReadonlySet<DeliveryStatus> = new Set(["delivered", "failed", "cancelled"]);

/** Whether the parcel is still at the store. */
export const before_pickup: ReadonlySet<DeliveryStatus> = new Set(["pending", "accepted", "at_pickup"]);

/** Every state of a delivery, as its customer reads it. */
export const delivery_words: Record<DeliveryStatus, { label: string; tone: Tone }> = {
  pending: { label: "Looking for a driver", tone: "warning" },
  accepted: { label: "A driver is going to the store", tone: "info" },
  at_pickup: { label: "The driver is at the store", tone: "info" },
  picked_up: { label: "Picked up, on its way to you", tone: "accent" },
  in_transit: { label: "On its way to you", tone: "accent" },
  at_dropoff: { label: "The driver is at your door", tone: "accent" },
  delivered: { label: "Delivered", tone: "success" },
  failed: { label: "Could not be delivered", tone: "danger" },
  cancelled: { label: "Cancelled", tone: "neutral" },
};

/** Why a parcel was not handed over. */
export const failure_words: Record<FailureReason, string> = {
  customer_absent: "Nobody was there",
  customer_refused: "The customer did not take it",
  damaged: "It was damaged on the way",
};
