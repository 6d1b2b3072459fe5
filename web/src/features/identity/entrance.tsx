"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, type ReactNode } from "react";
import { home_of_role, safe_next } from "@/lib/auth/areas";
import { useUser } from "@/lib/auth/use-session";

/** Sends a person who is signed in onward: to where they came from, else to their role's area. */
export function Entrance({ children }: { children: ReactNode }) {
  const user = useUser();
  const router = useRouter();
  const next = safe_next(useSearchParams().get("next"));
  useEffect(() => {
    if (user) router.replace(next ?? home_of_role[user.role]);
  }, [user, next, router]);
  return children;
}
