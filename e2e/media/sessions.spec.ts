import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { MediaServer } from "./harness.js";
import { inbound, publish, type Published, type PublishRequest, watch, type Watched } from "./in_page.js";

const server = new MediaServer();
test.beforeAll(async () => {
  await server.start({ consent_timeout_s: "6" });
});
test.afterAll(async () => {
  await server.stop();
});

async function open(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(server.url);
  return page;
}

function start_publisher(
  page: Page,
  room: string,
  codec: PublishRequest["codec"] = "VP8",
): Promise<Published> {
  const grant = server.grant({ room, action: "publish" });
  return page.evaluate(publish, { grant, room, codec, noise: false });
}

function start_viewer(page: Page, room: string): Promise<Watched> {
  return page.evaluate(watch, { grant: server.grant({ room, action: "view" }), room });
}

/** Frames that arrive within the next while. */
async function new_frames(page: Page, during_ms: number): Promise<number> {
  const before = await page.evaluate(inbound);
  await page.waitForTimeout(during_ms);
  return (await page.evaluate(inbound)).frames - before.frames;
}

for (const codec of ["VP8", "H264"] as const) {
  test(`${codec}: a camera reaches two viewers, the first frame within a second`, async ({ context }) => {
    const room = `camera-${codec}`;
    const published = await start_publisher(await open(context), room, codec);
    const viewer = await open(context);
    const first = await start_viewer(viewer, room);
    const late = await start_viewer(await open(context), room);
    console.log(
      `${codec}: publisher connected ${published.connected_ms} ms, first frame ${first.first_frame_ms} ms, ` +
        `late joiner ${late.first_frame_ms} ms`,
    );
    expect(first.first_frame_ms).toBeLessThan(1000);
    expect(late.first_frame_ms).toBeLessThan(1000);
    expect(await new_frames(viewer, 2000)).toBeGreaterThan(20);
    const seen = await viewer.evaluate(inbound);
    expect(seen.audio_packets).toBeGreaterThan(50);
    expect(await server.room(room)).toMatchObject({ publisher_connected: true, viewers: 2 });
  });
}

test("a publisher that returns takes over, and viewers go on", async ({ context }) => {
  const first = await open(context);
  await start_publisher(first, "takeover");
  const viewer = await open(context);
  await start_viewer(viewer, "takeover");
  expect(await new_frames(viewer, 1000)).toBeGreaterThan(5);
  await start_publisher(await open(context), "takeover");
  await expect.poll(() => new_frames(viewer, 500)).toBeGreaterThan(5);
  expect((await viewer.evaluate(inbound)).connection).toBe("connected");
  await expect.poll(async () => (await first.evaluate(inbound)).transport).toBe("closed");
  expect(await server.room("takeover")).toMatchObject({ publisher_connected: true, viewers: 1 });
});

test("a publisher that returns with another codec ends its viewers, who can join again", async ({
  context,
}) => {
  await start_publisher(await open(context), "codec", "VP8");
  const viewer = await open(context);
  await start_viewer(viewer, "codec");
  await start_publisher(await open(context), "codec", "H264");
  await expect.poll(async () => (await viewer.evaluate(inbound)).transport).toBe("closed");
  const again = await open(context);
  await start_viewer(again, "codec");
  expect(await new_frames(again, 1000)).toBeGreaterThan(5);
});

test("DELETE ends a session on both sides", async ({ context, request }) => {
  const publisher = await open(context);
  const published = await start_publisher(publisher, "delete");
  const viewer = await open(context);
  const watched = await start_viewer(viewer, "delete");
  expect((await request.delete(server.url + watched.location)).status()).toBe(200);
  expect((await request.delete(server.url + watched.location)).status()).toBe(404);
  await expect.poll(async () => (await viewer.evaluate(inbound)).transport).toBe("closed");
  expect((await request.delete(server.url + published.location)).status()).toBe(200);
  await expect.poll(async () => (await publisher.evaluate(inbound)).transport).toBe("closed");
  expect(await server.room("delete")).toBeUndefined();
});

test("a closed tab ends its session", async ({ context }) => {
  await start_publisher(await open(context), "tab");
  const viewer = await open(context);
  await start_viewer(viewer, "tab");
  expect(await server.room("tab")).toMatchObject({ viewers: 1 });
  await viewer.close();
  await expect.poll(() => server.room("tab"), { timeout: 15_000 }).toMatchObject({ viewers: 0 });
});
