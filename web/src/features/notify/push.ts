import { api, body_of } from "@/lib/api/client";

export const SERVICE_WORKER = "/sw.js";
const REMEMBERED = "liveshop:push_subscription";

export type PushState = "unsupported" | "denied" | "off" | "on";

export function is_push_supported(): boolean {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

/** Whether this browser gets push messages, as far as it knows itself. */
export async function push_state(): Promise<PushState> {
  if (!is_push_supported()) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  const registration = await navigator.serviceWorker.getRegistration(SERVICE_WORKER);
  return (await registration?.pushManager.getSubscription()) ? "on" : "off";
}

function device_name(): string {
  const browser = /Firefox|Edg|Chrome|Safari/.exec(navigator.userAgent)?.[0] ?? "Browser";
  const system = /Android|iPhone|iPad|Windows|Mac|Linux/.exec(navigator.userAgent)?.[0] ?? "a device";
  return `${browser === "Edg" ? "Edge" : browser} on ${system}`;
}

/** Asks for leave, subscribes at the browser's push service and tells the server. To be called after a press only. */
export async function turn_push_on(vapid_public_key: string): Promise<PushState> {
  if ((await Notification.requestPermission()) !== "granted") return "denied";
  const registration = await navigator.serviceWorker.register(SERVICE_WORKER);
  await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: vapid_public_key,
  });
  const { endpoint, keys } = subscription.toJSON();
  const added = await body_of(
    api.POST("/api/v1/me/push-subscriptions", {
      body: {
        kind: "web",
        endpoint: endpoint ?? "",
        p256dh: keys?.["p256dh"],
        auth: keys?.["auth"],
        device_name: device_name(),
      },
    }),
  );
  localStorage.setItem(REMEMBERED, added.id);
  return "on";
}

/** This browser gets no more: neither by the server nor by its push service. */
export async function turn_push_off(): Promise<PushState> {
  const push_subscription_id = localStorage.getItem(REMEMBERED);
  if (push_subscription_id) {
    await body_of(
      api.DELETE("/api/v1/me/push-subscriptions/{push_subscription_id}", {
        params: { path: { push_subscription_id } },
      }),
    );
    localStorage.removeItem(REMEMBERED);
  }
  const registration = await navigator.serviceWorker.getRegistration(SERVICE_WORKER);
  const subscription = await registration?.pushManager.getSubscription();
  await subscription?.unsubscribe();
  return "off";
}

/** After signing out: what is still on its way must not be shown here. The push service tells the server. */
export async function forget_push(): Promise<void> {
  if (!is_push_supported() || !localStorage.getItem(REMEMBERED)) return;
  localStorage.removeItem(REMEMBERED);
  const registration = await navigator.serviceWorker.getRegistration(SERVICE_WORKER);
  const subscription = await registration?.pushManager.getSubscription();
  await subscription?.unsubscribe();
}
