import { defineConfig } from "@playwright/test";

/**
 * Browser tests against a whole platform that is already running (`./dev test` and `./dev demo` start one).
 * LIVESHOP_DEV_URL is its address.
 */
const root = process.getuid?.() === 0;

export default defineConfig({
  testDir: ".",
  testMatch: "**/*.spec.ts",
  outputDir: "../.local/e2e",
  // The specs share one platform and two cores: side by side they would measure each other.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    baseURL: process.env["LIVESHOP_DEV_URL"] ?? "http://localhost:8080",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: "/usr/bin/chromium",
      // Chromium's sandbox does not work for root, nor inside most containers.
      chromiumSandbox: !root,
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        "--autoplay-policy=no-user-gesture-required",
      ],
    },
  },
  projects: [
    { name: "demo", testDir: "./demo" },
    { name: "browser", testIgnore: "demo/**" },
  ],
});
