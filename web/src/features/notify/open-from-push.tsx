"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { safe_next } from "@/lib/auth/areas";

type OpenMessage = { kind: "liveshop:open"; url: string };

function is_open_message(data: unknown): data is OpenMessage {
  return typeof data === "object" && data !== null && "kind" in data && data.kind === "liveshop:open";
}

/** Goes where a push message leads that was pressed while this page was open. */
export function OpenFromPush() {
  const router = useRouter();
  useEffect(() => {
    const workers = (navigator as Partial<Navigator>).serviceWorker;
    const listen = ({ data }: MessageEvent<unknown>) => {
      if (!is_open_message(data)) return;
      const { origin, pathname, search } = new URL(data.url, window.location.origin);
      const path = safe_next(pathname + search);
      if (origin === window.location.origin && path) router.push(path);
    };
    workers?.addEventListener("message", listen);
    return () => workers?.removeEventListener("message", listen);
  }, [router]);
  return null;
}
