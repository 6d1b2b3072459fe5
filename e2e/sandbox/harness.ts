// The sandbox as a process of its own, and a shop's page on another origin that frames it.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const secret_key = "sk_test_of_the_browser_test";
const publishable_key = "pk_test_of_the_browser_test";

/** Frames the address it is given and notes what the frame says. */
const shop_html = `<!doctype html><meta charset="utf-8"><title>Shop</title>
<script>
  window.received = [];
  window.addEventListener("message", (event) => received.push({ origin: event.origin, ...event.data }));
  addEventListener("DOMContentLoaded", () => {
    const frame = document.createElement("iframe");
    frame.src = new URLSearchParams(location.search).get("frame");
    frame.title = "Framed";
    frame.style = "width: 400px; height: 400px";
    document.body.append(frame);
  });
</script><body></body>`;

/** The newest build of the server, unless LIVESHOP_DEV_BINARY names one. */
function liveshop_binary(): string {
  const named = process.env["LIVESHOP_DEV_BINARY"];
  if (named !== undefined) return named;
  const newest = ["test", "release"]
    .map((preset) => join(import.meta.dirname, "../../build", preset, "server", "liveshop"))
    .filter((path) => existsSync(path))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
  if (newest === undefined) throw new Error("build the target liveshop first");
  return newest;
}

export class Sandbox {
  private readonly folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  private readonly shop = http.createServer((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end(shop_html);
  });
  private child: ChildProcess | undefined;
  private port = 0;

  async start(): Promise<void> {
    this.shop.listen(0, "127.0.0.1");
    await once(this.shop, "listening");
    const child = spawn(liveshop_binary(), ["sandbox"], {
      // Nothing of this process's own settings: the server refuses those it does not know.
      env: {
        PATH: process.env["PATH"],
        LIVESHOP_SANDBOX_PORT: "0",
        LIVESHOP_SANDBOX_FOLDER: this.folder,
        LIVESHOP_STRIPE_SECRET_KEY: secret_key,
        LIVESHOP_STRIPE_PUBLISHABLE_KEY: publishable_key,
        LIVESHOP_PUBLIC_URL: `http://localhost:${String(this.shop_port)}`,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    this.port = await new Promise<number>((resolve, reject) => {
      let output = "";
      const read = (piece: Buffer): void => {
        output += piece.toString();
        const address = /http:\/\/127\.0\.0\.1:(\d+)/.exec(output);
        if (address !== null) resolve(Number(address[1]));
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      child.on("exit", () => {
        reject(new Error(`the sandbox did not start:\n${output}`));
      });
      child.on("error", reject);
    });
  }

  async stop(): Promise<void> {
    if (this.child !== undefined && this.child.exitCode === null) {
      const ended = once(this.child, "exit");
      this.child.kill("SIGTERM");
      await ended;
    }
    this.shop.close();
    this.shop.closeAllConnections();
    rmSync(this.folder, { recursive: true });
  }

  private get shop_port(): number {
    return (this.shop.address() as AddressInfo).port;
  }

  get origin(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** The shop's page, framing a page of the sandbox's. */
  shop_url(frame: string): string {
    const url = new URL(`http://localhost:${String(this.shop_port)}/`);
    url.searchParams.set("frame", new URL(frame, this.origin).href);
    return url.href;
  }

  /** As the shop's server calls it. */
  async call(
    method: "GET" | "POST",
    path: string,
    parameters?: Record<string, string>,
  ): Promise<Record<string, unknown>> {
    const response = await fetch(this.origin + path, {
      method,
      headers: { Authorization: `Bearer ${secret_key}` },
      ...(parameters === undefined ? {} : { body: new URLSearchParams(parameters) }),
    });
    return (await response.json()) as Record<string, unknown>;
  }
}
