import type { NotificationChannel, NotificationKind } from "@/lib/api/types";

/** What a kind of notification is called where one chooses. */
export const kind_words: Record<NotificationKind, string> = {
  order_paid: "Order placed, with the receipt",
  order_confirmed: "Order accepted by the store",
  order_ready: "Order packed",
  order_picked_up: "Order on its way",
  order_delivered: "Order delivered",
  order_cancelled: "Order cancelled",
  order_refunded: "Money refunded",
  driver_assigned: "A driver was found",
  driver_at_door: "The driver is at the door",
  delivery_failed: "A delivery failed",
  delivery_message: "Messages about a delivery",
  stream_started: "A store you follow is live",
  stream_reminder: "A store you follow goes live soon",
  new_order: "New orders",
  order_withdrawn: "Cancelled orders",
  driver_at_store: "The driver is at the store",
  delivery_unassignable: "No driver found",
  low_stock: "Almost sold out",
  new_review: "New reviews",
  store_verified: "Store verified",
  delivery_offered: "Jobs offered",
  delivery_withdrawn: "Jobs cancelled",
  payout_completed: "Payouts sent",
  payout_failed: "Payouts that failed",
  kyc_verified: "Documents accepted",
  kyc_rejected: "Documents not accepted",
  verification_code: "Codes to sign in and to confirm",
  password_changed: "Password changed",
};

export const channel_words: Record<NotificationChannel, string> = {
  in_app: "In the app",
  push: "Push",
  email: "E-mail",
  sms: "Text message",
};
