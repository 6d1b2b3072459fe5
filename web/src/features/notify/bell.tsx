"use client";

import { Bell } from "lucide-react";
import Link from "next/link";
import { useEffect } from "react";
import { useSession } from "@/lib/auth/use-session";
import { OpenFromPush } from "./open-from-push";
import { forget_push } from "./push";
import { useUnreadCount } from "./queries";

/** The way to what one was told, with how much of it is unread. */
export function NotificationBell({ href }: { href: string }) {
  const { status } = useSession();
  const unread = useUnreadCount();
  useEffect(() => {
    if (status !== "signed_out") return;
    forget_push().catch((fault: unknown) => console.warn("push messages may still come:", fault));
  }, [status]);
  if (status !== "signed_in") return null;
  const count = unread.data ?? 0;
  const shown = count > 99 ? "99+" : String(count);
  return (
    <>
      <OpenFromPush />
      <Link
        href={href}
        aria-label={count ? `Notifications, ${shown} unread` : "Notifications"}
        className="relative grid size-10 place-items-center rounded-md text-ink-muted hover:bg-sunken hover:text-ink"
      >
        <Bell className="size-5" aria-hidden />
        {count > 0 && (
          <span
            aria-hidden
            className="absolute top-0.5 right-0.5 grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1 text-2xs font-bold text-on-accent tabular-nums"
          >
            {shown}
          </span>
        )}
      </Link>
    </>
  );
}
