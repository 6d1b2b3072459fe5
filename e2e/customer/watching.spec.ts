import type { Page, Request } from "@playwright/test";
import { type Product, somewhere, type Stream } from "../accounts.js";
import { look } from "../look.js";
import { expect, type Person, test, walk_states } from "../walk.js";

declare global {
  var peers: RTCPeerConnection[];
}

/** Keeps the page's connections where a test can look at them. */
async function keep_peers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const Native = RTCPeerConnection;
    globalThis.peers = [];
    globalThis.RTCPeerConnection = class extends Native {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        globalThis.peers.push(this);
      }
    };
  });
}

async function go_live({ page, account }: Person): Promise<{ product: Product; stream: Stream }> {
  const store = await account.open_store(somewhere());
  const product = await account.add_product(store, "Test jug", 5);
  await keep_peers(page);
  await page.goto("/store/studio");
  await page.getByRole("textbox", { name: "Title" }).fill(`Test show ${store.slug}`);
  await page.getByRole("button", { name: "Go live" }).click();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const { streams } = await account.get<{ streams: Stream[] }>(`/streams?status=live&store_id=${store.id}`);
  const [stream] = streams;
  if (!stream) throw new Error("the show is not live");
  return { product, stream };
}

/** The picture moves. */
async function expect_playing(page: Page): Promise<void> {
  const video = page.getByLabel(/^Live video/);
  const position = () => video.evaluate((element: HTMLVideoElement) => element.currentTime);
  const before = await position();
  await expect.poll(position, { message: "the video plays" }).toBeGreaterThan(before + 0.2);
}

/** The next DELETE of a media session that the page sends. */
function session_ended(page: Page, kind: "whip" | "whep"): Promise<Request> {
  return page.waitForRequest(
    (request) => request.method() === "DELETE" && request.url().includes(`/${kind}/`),
  );
}

const pagehide = (page: Page): Promise<void> =>
  page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
  });
const pageshow = (page: Page): Promise<void> =>
  page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  });

test("a show from both sides: watching, leaving, coming back, the end", async ({ people, consoles }) => {
  const seller = await people.newcomer("store_owner", { size: "desktop" });
  const { product, stream } = await go_live(seller);
  const resolution = await seller.page.evaluate(() => {
    const sender = peers
      .at(-1)
      ?.getSenders()
      .find(({ track }) => track?.kind === "video");
    return sender?.getParameters().degradationPreference;
  });
  expect(resolution, "what is held into the camera stays readable").toBe("maintain-resolution");

  const page = await people.visitor();
  await keep_peers(page);
  await page.goto("/");
  await page.getByRole("link", { name: `Watch ${stream.title}` }).click();
  await expect_playing(page);
  const nothing_said = page.getByText("Nobody has written yet. Say hello.");
  await expect(nothing_said).toBeVisible();
  await walk_states(page, consoles, {
    path: `/live/${stream.id}`,
    api: /\/api\/v1\/streams\/[^/]*\/chat$/,
    loading: "Loading the chat",
    ready: nothing_said,
  });
  await expect_playing(page);
  await seller.page.getByRole("button", { name: `Pin ${product.name}` }).click();
  await expect(page.getByRole("region", { name: "Pinned product" })).toContainText("€12.50");
  await look(page, "watch");

  await page.getByRole("button", { name: `Buy ${product.name}` }).click();
  await expect(page.getByRole("heading", { name: "Sign in to buy" })).toBeVisible();
  await look(page, "watch-buy-signed-out");
  await page.getByRole("button", { name: "Close" }).click();

  // Phones pause a video in the background.
  const video = page.getByLabel(/^Live video/);
  await video.evaluate((element: HTMLVideoElement) => {
    element.pause();
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await expect_playing(page);
  await expect(video).toHaveAttribute("playsinline", "");

  const viewer_left = session_ended(page, "whep");
  await pagehide(page);
  expect((await (await viewer_left).response())?.status(), "a viewer who goes signs off").toBe(200);
  await pageshow(page);
  await expect_playing(page);

  const host_left = session_ended(seller.page, "whip");
  await pagehide(seller.page);
  expect((await (await host_left).response())?.status(), "and so does the host").toBe(200);
  await seller.page.reload();
  await expect(seller.page.getByText("Live", { exact: true })).toBeVisible();
  await expect_playing(page);

  const deleted: string[] = [];
  for (const each of [page, seller.page]) {
    each.on("request", (request) => {
      if (request.method() === "DELETE") deleted.push(request.url());
    });
  }
  await seller.page.getByRole("button", { name: "End show" }).click();
  await seller.page.getByRole("button", { name: "End now" }).click();
  await expect(seller.page.getByRole("button", { name: "Go live" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "This show is over" })).toBeVisible();
  await look(page, "watch-over");
  const states = () => page.evaluate(() => peers.map(({ connectionState }) => connectionState));
  expect(new Set(await states())).toEqual(new Set(["closed"]));
  expect(deleted, "the server ends the sessions of a show that is over").toEqual([]);
});

test("a show that is over, watched again with what was shown when", async ({ people, consoles }) => {
  const seller = await people.newcomer("store_owner", { size: "desktop" });
  const { product, stream } = await go_live(seller);
  await seller.page.getByRole("button", { name: `Pin ${product.name}` }).click();
  await expect(seller.page.getByRole("button", { name: `Unpin ${product.name}` })).toBeVisible();
  await seller.page.waitForTimeout(4000); // What is recorded has to last.
  await seller.page.getByRole("button", { name: "End show" }).click();
  await seller.page.getByRole("button", { name: "End now" }).click();
  await expect
    .poll(
      async () =>
        (await seller.account.get<{ has_recording: boolean }>(`/streams/${stream.id}`)).has_recording,
      {
        message: "the recording is kept",
        timeout: 30_000,
      },
    )
    .toBe(true);

  const page = await people.visitor();
  await walk_states(page, consoles, {
    path: `/live/${stream.id}`,
    api: /\/api\/v1\/streams\/[^/]*\/recording/,
    loading: "Loading the recording",
    ready: page.getByLabel(`Recording of ${stream.title}`),
  });
  const video = page.getByLabel(`Recording of ${stream.title}`);
  await expect
    .poll(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth), {
      message: "it can be played",
    })
    .toBeGreaterThan(0);
  await page.getByRole("button", { name: `Go to ${product.name}` }).click();
  await look(page, "watch-again");
  await page.getByRole("button", { name: `Buy ${product.name}` }).click();
  await expect(page.getByRole("heading", { name: "Sign in to buy" })).toBeVisible();
});

test("a show announced, and a room that cannot be reached", async ({ people, consoles }) => {
  const { account: seller } = await people.newcomer("store_owner");
  const store = await seller.open_store(somewhere());
  const stream = await seller.post<Stream>("/streams", {
    store_id: store.id,
    title: "Tomorrow's test show",
    scheduled_at: new Date(Date.now() + 86_400_000).toISOString(),
  });
  const page = await people.visitor();
  await page.goto(`/live/${stream.id}`);
  await expect(page.getByRole("heading", { name: "This show has not started yet" })).toBeVisible();
  await look(page, "watch-announced");

  consoles.announce(/status of 503/);
  await page.route("**/whep/**", (route) => route.fulfill({ status: 503, body: "" }));
  await seller.post(`/streams/${stream.id}/start`);
  await expect(page.getByRole("status").filter({ hasText: "LiveShop cannot be reached" })).toBeVisible();
  await page.unroute("**/whep/**");
  consoles.announce(/status of 404.*\/whep\//);
  await expect(page.getByRole("status").filter({ hasText: "Waiting for the host's picture." })).toBeVisible();
});
