"use client";

const KEY = "liveshop:device";
let this_visit: string | undefined;

/** A random name of this browser: a mute holds for it, whatever account is used next. Lost with the site's data. */
export function device_id(): string {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept) return kept;
    localStorage.setItem(KEY, (this_visit ??= crypto.randomUUID()));
  } catch {
    // A browser that keeps nothing has a name for this visit.
    this_visit ??= crypto.randomUUID();
  }
  return this_visit;
}
