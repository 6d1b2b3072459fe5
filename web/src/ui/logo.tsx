import { cn } from "./class-names";

/** The mark: a price tag that is on air. */
export function Logo({ name = "LiveShop", className }: { name?: string; className?: string }) {
  return (
    <span
      className={cn(
        "inline-flex items-center gap-2 font-display text-lg font-extrabold tracking-tight",
        className,
      )}
    >
      <svg viewBox="0 0 32 32" className="size-7 shrink-0" aria-hidden>
        <path d="M9 3h19a2 2 0 0 1 2 2v22a2 2 0 0 1-2 2H9l-7-7V10z" fill="var(--accent)" />
        <circle cx="8.5" cy="16" r="2.6" fill="var(--canvas)" />
        <path d="M16 10.5v11l9-5.5z" fill="#1b1523" />
      </svg>
      <span style={{ fontStretch: "112%" }}>{name}</span>
    </span>
  );
}
