import type { ReactNode } from "react";
import { cn } from "../class-names";

type PageProps = { children: ReactNode; className?: string; narrow?: boolean };

/** The main region under a top bar, with room for the bottom navigation of phones. */
export function Page({ children, className, narrow }: PageProps) {
  return (
    <main
      id="main"
      className={cn(
        "mx-auto w-full px-4 pt-6 pb-28 sm:px-6 md:pt-8 md:pb-16",
        narrow ? "max-w-2xl" : "max-w-7xl",
        className,
      )}
    >
      {children}
    </main>
  );
}

export function PageHeader({
  title,
  children,
  actions,
}: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div>
        <h1 className="text-3xl">{title}</h1>
        {children && <p className="mt-1.5 max-w-2xl text-ink-muted">{children}</p>}
      </div>
      {actions}
    </header>
  );
}

export function SkipLink() {
  return (
    <a
      href="#main"
      className="sr-only z-70 rounded-md bg-ink px-4 py-2 font-semibold text-canvas focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
    >
      Skip to content
    </a>
  );
}
