import type { ReactNode } from "react";

/** Desktop-first frame of the store and the admin: navigation left, work right. */
export function Workspace({ navigation, children }: { navigation: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto grid w-full max-w-[96rem] grid-cols-[minmax(0,1fr)] lg:grid-cols-[14rem_minmax(0,1fr)] lg:has-[aside:empty]:grid-cols-1">
      <aside className="sticky top-15 z-20 border-b border-line bg-canvas px-3 py-2 empty:hidden lg:h-[calc(100dvh-3.75rem)] lg:border-r lg:border-b-0 lg:py-5">
        {navigation}
      </aside>
      <main id="main" className="min-w-0 px-4 py-6 sm:px-8 lg:py-8">
        {children}
      </main>
    </div>
  );
}
