import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/ui/logo";

/** Where links in messages lead: for those who are signed in as well as for those who are not. */
export default function CodesLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh place-items-center px-4 py-10">
      <main id="main" className="w-full max-w-md">
        <Link href="/" className="mb-8 inline-block rounded-md">
          <Logo />
        </Link>
        {children}
      </main>
    </div>
  );
}
