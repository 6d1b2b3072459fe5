// The media server as a process of its own, behind a small HTTP server that stands in for the platform's front: it
// serves an empty page and passes /whip and /whep to the media server's Unix socket unchanged.
import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const page_html = `<!doctype html><title>media</title><video id="video" autoplay muted playsinline width="640"></video>`;

export interface Grant {
  room: string;
  action: "publish" | "view";
  max_bitrate_kbps?: number;
}

export interface RoomStatus {
  room: string;
  publisher_connected: boolean;
  viewers: number;
  bitrate_in_kbps: number;
  bitrate_out_kbps: number;
}

/** The newest build of the media server's test process, unless LIVESHOP_MEDIA_PROCESS names one. */
function media_process(): string {
  const named = process.env["LIVESHOP_MEDIA_PROCESS"];
  if (named !== undefined) return named;
  const root = join(import.meta.dirname, "../..");
  const built = ["test", "release"]
    .flatMap((preset) => [
      join(root, "build", preset, "media_process"),
      join(root, "build", preset, "server", "media_process"),
    ])
    .filter((path) => existsSync(path))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  const newest = built[0];
  if (newest === undefined) throw new Error("build the target media_process first");
  return newest;
}

export class MediaServer {
  private readonly folder = mkdtempSync(join(tmpdir(), "media-"));
  private readonly secret = randomBytes(32).toString("hex");
  private readonly front = http.createServer((request, response) => {
    this.serve(request, response);
  });
  private child: ChildProcess | undefined;

  /** Settings of the media server beyond those the harness chooses. */
  async start(settings: Record<string, string> = {}): Promise<void> {
    const all = {
      udp_port: "0",
      http_socket: this.http_socket,
      control_socket: this.control_socket,
      grant_secret: this.secret,
      ...settings,
    };
    const child = spawn(
      media_process(),
      Object.entries(all).map(([name, value]) => `--${name}=${value}`),
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    this.child = child;
    const lines = createInterface({ input: child.stdout });
    await new Promise<void>((resolve, reject) => {
      lines.on("line", (line) => {
        if (process.env["LIVESHOP_MEDIA_LOG"] !== undefined) console.log(line);
        if (line.includes("listening on")) resolve();
      });
      child.once("exit", (code) => {
        reject(new Error(`the media server ended with ${String(code)}`));
      });
    });
    this.front.listen(0, "127.0.0.1");
    await once(this.front, "listening");
  }

  async stop(): Promise<void> {
    this.front.close();
    this.front.closeAllConnections();
    const child = this.child;
    if (child?.exitCode === null) {
      child.kill("SIGTERM");
      const [code] = (await once(child, "exit")) as [number | null];
      if (code !== 0) throw new Error(`the media server ended with ${String(code)}`);
    }
    rmSync(this.folder, { recursive: true });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.front.address() as AddressInfo).port}`;
  }

  /** The grant as the platform's API would sign it. */
  grant(grant: Grant, valid_s = 60): string {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = { aud: "media", sub: "test", exp: Math.floor(Date.now() / 1000) + valid_s, ...grant };
    const token = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
    return `${token}.${createHmac("sha256", this.secret).update(token).digest("base64url")}`;
  }

  /** One command on the control socket, and its result. */
  async command(command: Record<string, string>): Promise<unknown> {
    const socket = net.connect(this.control_socket);
    socket.write(JSON.stringify(command) + "\n");
    for await (const line of createInterface({ input: socket })) {
      socket.destroy();
      const answer = JSON.parse(line) as { result?: unknown; error?: { detail: string } };
      if (answer.error !== undefined) throw new Error(answer.error.detail);
      return answer.result;
    }
    throw new Error("the control socket closed without an answer");
  }

  async room(name: string): Promise<RoomStatus | undefined> {
    const result = (await this.command({ command: "rooms" })) as { rooms: RoomStatus[] };
    return result.rooms.find((room) => room.room === name);
  }

  async statistics(): Promise<Record<string, number>> {
    return (await this.command({ command: "statistics" })) as Record<string, number>;
  }

  private get http_socket(): string {
    return join(this.folder, "http.sock");
  }
  private get control_socket(): string {
    return join(this.folder, "control.sock");
  }

  private serve(request: http.IncomingMessage, response: http.ServerResponse): void {
    if (!/^\/wh[ie]p\//.test(request.url ?? "")) {
      response.setHeader("content-type", "text/html").end(page_html);
      return;
    }
    const onward = http.request(
      { socketPath: this.http_socket, path: request.url, method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on("error", () => response.writeHead(502).end());
    request.pipe(onward);
  }
}
