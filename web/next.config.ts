import path from "node:path";
import type { NextConfig } from "next";
import { tenant_rewrites } from "./src/lib/tenant.ts";

const config: NextConfig = {
  output: "standalone",
  outputFileTracingRoot: path.resolve(import.meta.dirname),
  poweredByHeader: false,
  reactStrictMode: true,
  // The C++ server in front compresses and serves on the one public origin.
  compress: false,
  images: { unoptimized: true },
  // Cached pages stay in memory, bounded; any host name sent by a stranger must not become a file.
  experimental: { isrFlushToDisk: false },
  rewrites: async () => ({ beforeFiles: tenant_rewrites(), afterFiles: [], fallback: [] }),
};

export default config;
