import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { QueryProvider } from "@/lib/api/query-provider";
import { SkipLink } from "@/ui/shell/page";
import { theme_script } from "@/ui/theme";
import { Toaster } from "@/ui/toast";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "LiveShop", template: "%s · LiveShop" },
  description: "Watch stores live, buy what you see, follow it to your door.",
  icons: { icon: "/icon.svg" },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f5f8" },
    { media: "(prefers-color-scheme: dark)", color: "#120e18" },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: theme_script }} />
      </head>
      <body>
        <SkipLink />
        <QueryProvider>
          <Toaster>{children}</Toaster>
        </QueryProvider>
      </body>
    </html>
  );
}
