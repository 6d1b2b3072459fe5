import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

export { ErrorState } from "./error-state";

type StateProps = {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
};

/** Nothing here yet, and what to do about it. */
export function EmptyState({ icon: Icon, title, children, action, className }: StateProps) {
  return (
    <div
      className={cn(
        "flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong/50 px-6 py-12 text-center",
        className,
      )}
    >
      <span className="grid size-12 place-items-center rounded-full bg-sunken text-ink-muted">
        <Icon className="size-6" aria-hidden />
      </span>
      <h2 className="text-lg">{title}</h2>
      {children && <p className="max-w-sm text-pretty text-ink-muted">{children}</p>}
      {action}
    </div>
  );
}

/** A fault that concerns a form or a panel rather than one field. */
export function Notice({
  tone = "danger",
  children,
}: {
  tone?: "danger" | "info" | "warning";
  children: ReactNode;
}) {
  const tones = {
    danger: "border-danger/40 bg-danger/8 text-danger",
    info: "border-info/40 bg-info/8 text-info",
    warning: "border-warning/40 bg-warning/8 text-warning",
  };
  return (
    <p
      role={tone === "danger" ? "alert" : "status"}
      className={cn("rounded-md border px-3.5 py-2.5 text-sm", tones[tone])}
    >
      {children}
    </p>
  );
}
