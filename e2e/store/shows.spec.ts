import { somewhere, type Stream } from "../accounts.js";
import { look } from "../look.js";
import { expect, test, walk_states } from "../walk.js";

test("a private show is planned, changed, given by its link, and called off", async ({
  people,
  consoles,
}) => {
  const { page, account } = await people.newcomer("store_owner", { size: "desktop" });
  const store = await account.open_store(somewhere());
  await walk_states(page, consoles, {
    path: "/store/shows",
    api: /\/api\/v1\/stores\/[^/]*\/streams/,
    loading: "Loading shows",
    ready: page.getByRole("heading", { name: "No show is planned" }),
  });
  await look(page, "store-shows-empty");
  await page.getByRole("button", { name: "Plan a show" }).click();
  const plan = page.getByRole("button", { name: "Plan this show" });
  await plan.click();
  const title = page.getByRole("textbox", { name: "Title" });
  await expect(title).toHaveAccessibleDescription("Give the show a title.");
  await look(page, "store-show-plan");
  await title.fill("Glazes at night");
  await page.getByLabel("When").fill("2035-05-04T18:30");
  await page.getByRole("combobox", { name: "For whom" }).selectOption("private");
  await plan.click();
  await expect(page.getByRole("heading", { name: "Glazes at night" })).toBeVisible();
  const link = page.getByRole("textbox", { name: "Link to this show" });
  await expect(link).toHaveValue(/\/live\/.*\?invite=/);
  await look(page, "store-show-planned");

  const before = await link.inputValue();
  await page.getByRole("button", { name: "Make a new link" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make a new link" }).click();
  await expect(link).not.toHaveValue(before);

  await page.getByRole("textbox", { name: "Slow mode" }).fill("15");
  await page.getByRole("button", { name: "Save show" }).click();
  await expect(page.getByText("Glazes at night is saved", { exact: true })).toBeVisible();
  const { streams } = await account.get<{ streams: Stream[] }>(`/stores/${store.id}/streams`);
  expect(streams[0]).toMatchObject({ type: "private", settings: { slow_mode_s: 15 } });

  const public_ones = await account.get<{ streams: Stream[] }>(
    `/streams?status=scheduled&store_id=${store.id}`,
  );
  expect(public_ones.streams, "a private show is in no public list").toEqual([]);

  await page.getByRole("button", { name: "Cancel the show" }).click();
  await page.getByRole("button", { name: "Cancel it" }).click();
  await expect(page).toHaveURL("/store/shows");
  await page.getByRole("tab", { name: "Cancelled" }).click();
  await expect(page.getByRole("list", { name: "Cancelled shows" })).toContainText("Glazes at night");
});

test("a host keeps order, shows what is asked for, and reads the sum of it afterwards", async ({
  people,
  consoles,
}) => {
  const { page, account: seller } = await people.newcomer("store_owner", { size: "desktop" });
  const { account: viewer } = await people.newcomer("customer");
  const store = await seller.open_store(somewhere());
  const jug = await seller.add_product(store, "Test jug", 5);
  await seller.add_product(store, "Test bowl", 5);
  const planned = await seller.post<Stream>("/streams", { store_id: store.id, title: "Morning show" });

  await page.goto("/store/studio");
  await page.getByRole("button", { name: "Go live with Morning show" }).click();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();

  await viewer.post(`/streams/${planned.id}/product-requests`, { product_id: jug.id });
  const requests = page.getByRole("list", { name: "Requests" });
  await expect(requests, "told without asking").toContainText("Test jug");
  await requests.getByRole("button", { name: "Show Test jug" }).click();
  await expect(requests).toBeHidden();
  await page.getByRole("button", { name: "Pin Test bowl" }).click();
  const pinned = page.getByRole("list", { name: "Pinned products" });
  await expect(pinned.getByRole("listitem").first()).toContainText("Test bowl");
  await page.getByRole("button", { name: "Test jug further to the front" }).click();
  await expect(pinned.getByRole("listitem").first()).toContainText("Test jug");

  await viewer.post(`/streams/${planned.id}/chat`, { content: "buy cheap watches" });
  await page.getByRole("button", { name: `Keep order: message of ${viewer.name}` }).click();
  await look(page, "studio-moderate");
  await page.getByRole("combobox", { name: `Mute ${viewer.name} for` }).selectOption("an hour");
  await page.getByRole("checkbox", { name: "Delete all they wrote in this show" }).check();
  await page.getByRole("button", { name: "Mute", exact: true }).click();
  await expect(page.getByRole("log", { name: "Chat" }).getByText("buy cheap watches")).toBeHidden();
  const refused = await viewer.send("POST", `/streams/${planned.id}/chat`, { content: "again" });
  expect(refused.status()).toBe(403);

  await page.getByRole("button", { name: "Muted people and words" }).click();
  await expect(page.getByRole("list", { name: "Muted people" })).toContainText(viewer.name);
  await page.getByRole("textbox", { name: "Muted words" }).fill("watches");
  await page.getByRole("button", { name: "Save words" }).click();
  await expect(page.getByText("The words are saved", { exact: true })).toBeVisible();
  await look(page, "studio-order");
  await page.getByRole("button", { name: `Let ${viewer.name} write again` }).click();
  await expect(page.getByText("Nobody is muted.")).toBeVisible();
  await page.getByRole("button", { name: "Close" }).click();

  await page.getByRole("button", { name: "End show" }).click();
  await page.getByRole("button", { name: "End now" }).click();
  await expect(page.getByRole("button", { name: "Go live", exact: true })).toBeVisible();
  await walk_states(page, consoles, {
    path: `/store/shows/${planned.id}`,
    api: /\/api\/v1\/streams\/[^/]*\/summary/,
    loading: "Loading the summary",
    ready: page.getByRole("region", { name: "Summary" }),
  });
  await expect(page.getByRole("region", { name: "Summary" })).toContainText("Products asked for");
  await look(page, "store-show-over");
});
