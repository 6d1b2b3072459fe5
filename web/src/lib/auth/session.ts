import { error_of, offline_error } from "../api/problem";
import type { Session, User } from "../api/types";

/**
 * Who is signed in, in this tab. The access token lives in memory alone; the refresh token is an httpOnly cookie
 * that script never sees. Tabs share a fresh token over a channel, and one lock keeps them from refreshing at once.
 */
export type SessionState =
  | { status: "unknown"; fault?: unknown }
  | { status: "signed_out" }
  | { status: "signed_in"; user: User; access_token: string; expires_at_ms: number };

type SignedIn = Extract<SessionState, { status: "signed_in" }>;

const LOCK = "liveshop:refresh";
const CHANNEL = "liveshop:session";
/** In localStorage while somebody is signed in: script cannot see the cookie, and refreshing without one is an error. */
const SIGNED_IN = "liveshop:signed_in";
/** A token is renewed this long before it expires, in milliseconds. */
const EARLY_MS = 30_000;

let state: SessionState = { status: "unknown" };
const listeners = new Set<() => void>();
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(CHANNEL);

function set_state(next: SessionState) {
  state = next;
  for (const listener of listeners) listener();
}

channel?.addEventListener("message", (event: MessageEvent<SessionState>) => set_state(event.data));

function remember_signed_in(signed_in: boolean) {
  try {
    if (signed_in) localStorage.setItem(SIGNED_IN, "yes");
    else localStorage.removeItem(SIGNED_IN);
  } catch {
    // Storage may be switched off: then every page asks the server.
  }
}

function may_be_signed_in(): boolean {
  try {
    return localStorage.getItem(SIGNED_IN) !== null;
  } catch {
    return true;
  }
}

export function session_state(): SessionState {
  return state;
}

export function subscribe_to_session(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Takes over the session that signing in, registering or refreshing answered with. */
export function accept_session(session: Session): SignedIn {
  const next: SignedIn = {
    status: "signed_in",
    user: session.user,
    access_token: session.access_token,
    expires_at_ms: Date.now() + session.expires_in_s * 1000,
  };
  remember_signed_in(true);
  set_state(next);
  channel?.postMessage(next);
  return next;
}

/** Why it is not known yet who is signed in: the server was asked and did not say. */
export function accept_fault(fault: unknown): void {
  if (state.status === "unknown") set_state({ status: "unknown", fault });
}

/** Forgets the session in every tab. */
export function drop_session(): void {
  remember_signed_in(false);
  set_state({ status: "signed_out" });
  channel?.postMessage(state);
}

/** Shows a changed profile without signing in anew. */
export function accept_user(user: User): void {
  if (state.status === "signed_in") set_state({ ...state, user });
}

function is_fresh(candidate: SessionState): candidate is SignedIn {
  return candidate.status === "signed_in" && candidate.expires_at_ms - EARLY_MS > Date.now();
}

async function ask_for_session(): Promise<SignedIn | null> {
  const response = await fetch("/api/v1/auth/refresh", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  }).catch((): never => {
    throw offline_error();
  });
  if (response.ok) return accept_session((await response.json()) as Session);
  if (response.status >= 500 || response.status === 429) throw error_of(response.status, null);
  drop_session();
  return null;
}

async function refresh_under_lock(): Promise<SignedIn | null> {
  const before = state;
  const run = async () => {
    // Another tab may have refreshed while this one waited for the lock.
    if (state !== before && is_fresh(state)) return state;
    return ask_for_session();
  };
  return navigator.locks ? navigator.locks.request(LOCK, run) : run();
}

let pending: Promise<SignedIn | null> | null = null;

/** A new access token, or null when nobody is signed in. Callers at the same time share one request. */
export function refresh_session(): Promise<SignedIn | null> {
  pending ??= refresh_under_lock().finally(() => {
    pending = null;
  });
  return pending;
}

/** A token that is still good for a while, or null for a visitor. */
export async function fresh_token(): Promise<string | null> {
  if (state.status === "signed_out") return null;
  if (is_fresh(state)) return state.access_token;
  if (state.status === "unknown" && !may_be_signed_in()) {
    set_state({ status: "signed_out" });
    return null;
  }
  const session = await refresh_session();
  return session?.access_token ?? null;
}
