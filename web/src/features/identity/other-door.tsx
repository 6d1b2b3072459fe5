"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";

/** From signing in to registering and back, keeping where the person wanted to go. */
export function OtherDoor({ question, href, label }: { question: string; href: string; label: string }) {
  const next = useSearchParams().get("next");
  return (
    <p className="mt-6 text-ink-muted">
      {question}{" "}
      <Link
        href={next ? `${href}?next=${encodeURIComponent(next)}` : href}
        className="font-semibold text-ink underline underline-offset-4"
      >
        {label}
      </Link>
    </p>
  );
}
