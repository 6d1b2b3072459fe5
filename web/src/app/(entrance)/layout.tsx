import Link from "next/link";
import { Suspense, type ReactNode } from "react";
import { Entrance } from "@/features/identity/entrance";
import { Logo } from "@/ui/logo";

export default function EntranceLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh place-items-center px-4 py-10">
      <main id="main" className="w-full max-w-md">
        <Link href="/" className="mb-8 inline-block rounded-md">
          <Logo />
        </Link>
        <Suspense>
          <Entrance>{children}</Entrance>
        </Suspense>
      </main>
    </div>
  );
}
