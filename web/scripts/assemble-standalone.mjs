// Next leaves static files out of its standalone folder; beside server.js they make it complete.
import { cp } from "node:fs/promises";

const root = new URL("../", import.meta.url);
const standalone = new URL(".next/standalone/", root);

await cp(new URL("public/", root), new URL("public/", standalone), { recursive: true });
await cp(new URL(".next/static/", root), new URL(".next/static/", standalone), { recursive: true });
