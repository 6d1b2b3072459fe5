"use client";

import { CircleAlert } from "lucide-react";
import { createContext, useContext, useId, type ComponentProps, type ReactNode } from "react";
import { cn } from "./class-names";

type Wiring = { id: string; described_by: string | undefined; invalid: boolean };
const FieldContext = createContext<Wiring | null>(null);

type FieldProps = {
  label: string;
  hint?: string;
  error?: string;
  optional?: boolean;
  className?: string;
  children: ReactNode;
};

/** A labelled control: label, hint and error are tied to the input inside by id. */
export function Field({ label, hint, error, optional, className, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <FieldContext.Provider
      value={{ id, described_by: note ? `${id}-note` : undefined, invalid: Boolean(error) }}
    >
      <div className={cn("grid content-start gap-1.5", className)}>
        <div className="flex items-baseline justify-between gap-2">
          <label htmlFor={id} className="text-sm font-semibold">
            {label}
          </label>
          {optional && <span className="text-xs text-ink-muted">Optional</span>}
        </div>
        {children}
        {note && (
          <p
            id={`${id}-note`}
            className={cn("flex items-start gap-1.5 text-sm", error ? "text-danger" : "text-ink-muted")}
          >
            {error && <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />}
            {note}
          </p>
        )}
      </div>
    </FieldContext.Provider>
  );
}

export const control =
  "w-full rounded-md border border-line-strong bg-surface px-3.5 text-base text-ink placeholder:text-ink-muted transition-colors hover:border-ink-muted focus-visible:border-focus aria-invalid:border-danger disabled:opacity-60";

function useWiring() {
  const wiring = useContext(FieldContext);
  return wiring
    ? {
        id: wiring.id,
        "aria-describedby": wiring.described_by,
        "aria-invalid": wiring.invalid || undefined,
      }
    : {};
}

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...useWiring()} className={cn(control, "h-11", className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea {...useWiring()} className={cn(control, "min-h-24 py-2.5", className)} {...rest} />;
}

/** The platform's own select: phones bring their native picker. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return (
    <select
      {...useWiring()}
      className={cn(
        control,
        "h-11 appearance-none bg-[url('/chevron.svg')] bg-[length:1.1rem] bg-[right_0.75rem_center] bg-no-repeat pr-10",
        className,
      )}
      {...rest}
    />
  );
}
