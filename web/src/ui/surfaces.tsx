import type { ComponentProps } from "react";
import { cn } from "./class-names";

export function Card({ className, ...rest }: ComponentProps<"div">) {
  return <div className={cn("rounded-lg border border-line bg-surface shadow-low", className)} {...rest} />;
}

/** Where something will be once it is loaded; with an `aria-label` it says so to screen readers. */
export function Skeleton({ className, "aria-label": label, ...rest }: ComponentProps<"div">) {
  return (
    <div
      {...(label ? { role: "status", "aria-label": label } : { "aria-hidden": true })}
      className={cn(
        "animate-shimmer rounded-md bg-[linear-gradient(100deg,var(--sunken)_40%,var(--line)_50%,var(--sunken)_60%)] bg-[length:200%_100%]",
        className,
      )}
      {...rest}
    />
  );
}

/** The first letters of a name on a colour that stays the same for that name. */
export function Avatar({
  name,
  image_url,
  className,
}: {
  name: string;
  image_url?: string | null;
  className?: string;
}) {
  const letters = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  return (
    <span
      aria-hidden
      className={cn(
        "grid size-10 shrink-0 place-items-center overflow-hidden rounded-full text-sm font-bold text-[#1b1523]",
        className,
      )}
      style={{ backgroundColor: `oklch(0.84 0.09 ${hue})` }}
    >
      {image_url ? <img src={image_url} alt="" className="size-full object-cover" /> : letters}
    </span>
  );
}
