"use client";

import { useEffect, useSyncExternalStore } from "react";
import { accept_fault, fresh_token, session_state, subscribe_to_session, type SessionState } from "./session";

const unknown: SessionState = { status: "unknown" };
const RETRY_MS = 3000;

/** Tries until the server has said whether somebody is signed in; returns how to stop. */
function restore_until_known(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const attempt = () => {
    fresh_token().catch((fault: unknown) => {
      accept_fault(fault);
      timer = setTimeout(attempt, RETRY_MS);
    });
  };
  attempt();
  return () => clearTimeout(timer);
}

/** The session of this tab; the first component to ask restores it from the refresh cookie. */
export function useSession(): SessionState {
  const state = useSyncExternalStore(subscribe_to_session, session_state, () => unknown);
  useEffect(() => (state.status === "unknown" ? restore_until_known() : undefined), [state.status]);
  return state;
}

export function useUser() {
  const state = useSession();
  return state.status === "signed_in" ? state.user : null;
}
