"use client";

import { useMemo, useSyncExternalStore } from "react";
import { read_code_link, type CodeLink } from "./code-link";

function subscribe(listener: () => void) {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** What this page was opened with; nothing while it is rendered on the server. */
export function useCodeLink(): CodeLink {
  const fragment = useSyncExternalStore(
    subscribe,
    () => window.location.hash,
    () => "",
  );
  return useMemo(() => read_code_link(fragment), [fragment]);
}
