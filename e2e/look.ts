import { expect, type Page } from "@playwright/test";
import axe from "axe-core";
import { mkdirSync } from "node:fs";
import { sizes } from "./walk.js";

/** Where each page's pictures go; none are taken without it. */
const screenshots = process.env["LIVESHOP_DEV_SCREENSHOTS"];

declare global {
  var axe: typeof import("axe-core");
}

/** What axe finds wrong with the page as it stands: names, roles, contrast. */
async function accessibility_faults(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(async (only) => {
    const options = only ? { runOnly: only } : { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] };
    const { violations } = await globalThis.axe.run(
      // What stands in a frame of another origin is that origin's.
      { exclude: [["iframe"]] },
      { ...options, resultTypes: ["violations"], iframes: false },
    );
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`),
    );
  }, rules);
}

/** Until nothing moves any more: transitions are over, frames have told their height. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const pause = () => new Promise((resolve) => setTimeout(resolve, 60));
    for (let height = -1; height !== document.body.scrollHeight; await pause())
      height = document.body.scrollHeight;
  });
}

async function change_theme(page: Page, theme: "light" | "dark"): Promise<void> {
  await page.evaluate((next) => (document.documentElement.dataset["theme"] = next), theme);
  await settle(page);
}

/** Nothing is wider than the window, on a phone and on a desk; it can be read, in the light and in the dark. */
export async function look(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? sizes.phone;
  await settle(page);
  expect(await accessibility_faults(page), `accessibility of ${name}`).toEqual([]);
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    await settle(page);
    const excess_px = await page.evaluate(() => {
      const { scrollWidth = 0 } = document.scrollingElement ?? {};
      return scrollWidth - innerWidth;
    });
    expect(excess_px, `${name} is wider than a ${size}`).toBeLessThanOrEqual(0);
    if (screenshots !== undefined) {
      mkdirSync(screenshots, { recursive: true });
      await page.screenshot({ path: `${screenshots}/${name}-${size}.png` });
    }
  }
  await change_theme(page, "dark");
  expect(await accessibility_faults(page, ["color-contrast"]), `${name} in the dark`).toEqual([]);
  await change_theme(page, "light");
  await page.setViewportSize(before);
  await settle(page);
}
