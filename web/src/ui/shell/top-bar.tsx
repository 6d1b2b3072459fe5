import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "../class-names";
import { Logo } from "../logo";

type TopBarProps = {
  home_href: string;
  name?: string;
  area?: string;
  wide?: boolean;
  children?: ReactNode;
  actions?: ReactNode;
};

/** The bar on top of every area: where one is, and what belongs to the person. */
export function TopBar({ home_href, name, area, wide, children, actions }: TopBarProps) {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-canvas/90 backdrop-blur-md">
      <div
        className={cn(
          "mx-auto flex h-15 items-center gap-3 px-4 sm:px-6",
          wide ? "max-w-[96rem]" : "max-w-7xl",
        )}
      >
        <Link href={home_href} className="flex items-center gap-2.5 rounded-md">
          <Logo name={name} />
          {area && (
            <span className="rounded-sm bg-sunken px-1.5 py-0.5 text-2xs font-bold tracking-wide text-ink-muted">
              {area}
            </span>
          )}
        </Link>
        <div className="flex-1">{children}</div>
        <div className="flex items-center gap-1">{actions}</div>
      </div>
    </header>
  );
}
