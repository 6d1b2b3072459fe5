import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";

const here = import.meta.dirname;
const generator = path.join(here, "../../node_modules/.bin/openapi-typescript");

it("schema.d.ts is what `npm run generate` makes of openapi.json", { timeout: 60_000 }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), "liveshop-schema-"));
  try {
    const made = path.join(folder, "schema.d.ts");
    execFileSync(generator, [path.join(here, "openapi.json"), "-o", made], { stdio: "pipe" });
    expect(readFileSync(made, "utf8")).toBe(readFileSync(path.join(here, "schema.d.ts"), "utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
