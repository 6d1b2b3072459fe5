import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";

type CheckProps = Omit<ComponentProps<"input">, "type"> & { label: ReactNode; hint?: string };

/** Yes or no, with its words beside it. */
export function Check({ label, hint, className, ...rest }: CheckProps) {
  return (
    <label className={cn("flex items-start gap-3", className)}>
      <input type="checkbox" className="mt-0.5 size-5 shrink-0 accent-ink" {...rest} />
      <span>
        <span className="font-semibold">{label}</span>
        {hint && <span className="block text-sm text-ink-muted">{hint}</span>}
      </span>
    </label>
  );
}
