"use client";

import type { LucideIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef, type ReactNode } from "react";
import { cn } from "../class-names";

export type NavItem = {
  href: string;
  label: string;
  icon: LucideIcon;
  /** A small count beside the label; nothing at 0. */
  count?: number;
  /** Only this very page counts as current, not those below it. */
  exact?: boolean;
};

function useIsCurrent() {
  const pathname = usePathname();
  return ({ href, exact }: NavItem) =>
    exact ? pathname === href : pathname === href || pathname.startsWith(`${href}/`);
}

type NavLinksProps = { items: NavItem[]; link_class: string; children: (item: NavItem) => ReactNode };

function Count({ count, className }: { count?: number; className?: string }) {
  if (!count) return null;
  return (
    <span
      className={cn(
        "grid h-5 min-w-5 place-items-center rounded-full bg-accent px-1 text-2xs font-bold text-on-accent tabular-nums",
        className,
      )}
    >
      {count}
    </span>
  );
}

/** The items as links; the current page's is marked as such. */
function NavLinks({ items, link_class, children }: NavLinksProps) {
  const is_current = useIsCurrent();
  return items.map((item) => (
    <li key={item.href}>
      <Link
        href={item.href}
        aria-current={is_current(item) ? "page" : undefined}
        className={cn("flex font-semibold text-ink-muted aria-[current=page]:text-ink", link_class)}
      >
        {children(item)}
      </Link>
    </li>
  ));
}

const bar_link =
  "h-10 items-center rounded-md px-3 text-[0.9375rem] hover:bg-sunken hover:text-ink aria-[current=page]:bg-sunken";

/** Thumb-reach navigation of phones. */
export function BottomNav({ items, label }: { items: NavItem[]; label: string }) {
  return (
    <nav
      aria-label={label}
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface/95 safe-bottom backdrop-blur-md md:hidden"
    >
      <ul className="grid auto-cols-fr grid-flow-col">
        <NavLinks
          items={items}
          link_class="relative h-15 flex-col items-center justify-center gap-0.5 text-2xs [&_svg]:size-[1.35rem] aria-[current=page]:[&_svg]:stroke-[2.5]"
        >
          {({ icon: Icon, label, count }) => (
            <>
              <Icon aria-hidden />
              {label}
              <Count count={count} className="absolute top-1.5 left-1/2 ml-1.5" />
            </>
          )}
        </NavLinks>
      </ul>
    </nav>
  );
}

/** Horizontal links of the top bar on wide screens. */
export function TopNav({ items, label }: { items: NavItem[]; label: string }) {
  return (
    <nav aria-label={label} className="hidden md:block">
      <ul className="flex gap-1">
        <NavLinks items={items} link_class={cn(bar_link, "gap-2")}>
          {({ label, count }) => (
            <>
              {label}
              <Count count={count} />
            </>
          )}
        </NavLinks>
      </ul>
    </nav>
  );
}

/** The column of a workspace (store, admin); a scrolling row on narrow screens. */
export function SideNav({ items, label }: { items: NavItem[]; label: string }) {
  const pathname = usePathname();
  const list = useRef<HTMLUListElement>(null);
  // Where the row scrolls, the current page's link must not be out of sight.
  useEffect(() => {
    const row = list.current;
    const link = row?.querySelector<HTMLElement>('[aria-current="page"]');
    if (row && link) row.scrollTo({ left: link.offsetLeft - (row.clientWidth - link.clientWidth) / 2 });
  }, [pathname]);
  return (
    <nav aria-label={label}>
      <ul
        ref={list}
        className="relative scrollbar-none flex gap-1 overflow-x-auto mask-[linear-gradient(to_right,transparent,black_1rem,black_calc(100%-2rem),transparent)] px-2 lg:flex-col lg:mask-none lg:px-0"
      >
        <NavLinks items={items} link_class={cn(bar_link, "gap-3 whitespace-nowrap [&_svg]:size-[1.15rem]")}>
          {({ icon: Icon, label, count }) => (
            <>
              <Icon aria-hidden />
              <span className="flex-1">{label}</span>
              <Count count={count} />
            </>
          )}
        </NavLinks>
      </ul>
    </nav>
  );
}
