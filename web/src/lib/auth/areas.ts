import type { Role } from "../api/types";

/** Where each role lands after signing in. */
export const home_of_role: Record<Role, string> = {
  customer: "/",
  store_owner: "/store",
  store_staff: "/store",
  driver: "/driver",
  admin: "/admin",
};

/** Keeps a `?next=` inside this origin: a path, never a host. */
export function safe_next(next: string | null | undefined): string | null {
  return next && /^\/(?![/\\])/.test(next) ? next : null;
}
