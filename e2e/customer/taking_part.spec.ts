import { type Product, somewhere, type Store, type Stream } from "../accounts.js";
import { look } from "../look.js";
import { expect, type Person, test, walk_states } from "../walk.js";

interface Show {
  store: Store;
  product: Product;
  stream: Stream;
}

/** A show on air without a picture: what viewers do beside it is looked at here. */
async function on_air({ account }: Person, settings: object = {}): Promise<Show> {
  const store = await account.open_store(somewhere());
  const product = await account.add_product(store, "Test jug", 5);
  const title = `Test show ${store.slug}`;
  const stream = await account.post<Stream>("/streams", { store_id: store.id, title, ...settings });
  await account.post(`/streams/${stream.id}/start`);
  return { store, product, stream };
}

test("taking part in a show: asking for a product, reporting, blocking, deleting, being muted", async ({
  people,
  consoles,
}) => {
  // Nobody publishes: the player waits for a picture.
  consoles.announce(/status of 404.*\/whep\//);
  const seller = await people.newcomer("store_owner");
  const { stream, product } = await on_air(seller);
  const rude = await people.newcomer("customer");
  const { page, account } = await people.newcomer("customer");
  await page.goto(`/live/${stream.id}`);
  const chat = page.getByRole("log", { name: "Chat" });
  await expect(page.getByText("Nobody has written yet. Say hello.")).toBeVisible();

  await page.getByRole("button", { name: "Ask for a product" }).click();
  const wishes = page.getByRole("dialog", { name: "Ask for a product" });
  await wishes.getByRole("button", { name: `Ask for ${product.name}` }).click();
  await expect(wishes.getByRole("button", { name: `Asked for ${product.name}` })).toBeDisabled();
  await look(page, "watch-ask-for-product");
  await page.keyboard.press("Escape");
  await expect(chat.getByText(`${account.name} asks to see ${product.name}`)).toBeVisible();
  const { requests } = await seller.account.get<{ requests: { count: number; product: Product }[] }>(
    `/streams/${stream.id}/product-requests`,
  );
  expect(requests.map((request) => [request.product.id, request.count])).toEqual([[product.id, 1]]);

  await rude.account.post(`/streams/${stream.id}/chat`, { content: "Buy elsewhere" });
  const menu = page.getByRole("button", { name: `Message of ${rude.account.name}` });
  await menu.click();
  const message = page.getByRole("dialog", { name: `Message of ${rude.account.name}` });
  await message.getByRole("combobox", { name: "What is wrong" }).selectOption("spam");
  await message.getByRole("textbox", { name: "What should we know" }).fill("Again and again");
  await look(page, "watch-report-message");
  await message.getByRole("button", { name: "Report" }).click();
  await expect(page.getByText("Reported", { exact: true })).toBeVisible();
  await menu.click();
  await message.getByRole("button", { name: `Block ${rude.account.name}` }).click();
  await expect(chat.getByText("Buy elsewhere")).toBeHidden();

  await page.getByRole("textbox", { name: "Message" }).fill("Is it blue?");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(chat.getByText("Is it blue?")).toBeVisible();
  await page.getByRole("button", { name: "My message" }).click();
  await page.getByRole("button", { name: "Delete this message" }).click();
  await expect(chat.getByText("Is it blue?")).toBeHidden();

  await page.getByRole("button", { name: "Report this show" }).click();
  await page
    .getByRole("dialog", { name: "Report this show" })
    .getByRole("button", { name: "Report" })
    .click();
  await expect(page.getByText("Reported", { exact: true }).first()).toBeVisible();

  const { id } = await account.get<{ id: string }>("/me");
  await seller.account.post(`/streams/${stream.id}/mutes`, {
    user_id: id,
    duration_s: 300,
    reason: "Be kind",
  });
  await expect(page.getByText(/^You are muted in this store’s chats until .*: Be kind/)).toBeVisible();
  await look(page, "watch-muted");

  await walk_states(page, consoles, {
    path: "/account/privacy",
    api: /\/api\/v1\/me\/blocks$/,
    loading: "Loading whom you blocked",
    ready: page.getByRole("button", { name: `Unblock ${rude.account.name}` }),
  });
  await page.getByRole("checkbox", { name: /first name/ }).check();
  await look(page, "account-privacy");
  await page.getByRole("button", { name: `Unblock ${rude.account.name}` }).click();
  await expect(page.getByText(/^Nobody\. In a chat/)).toBeVisible();
  expect(await account.get("/me/live-preferences")).toEqual({ shows_first_name: true });
});

test("a private show: by its link alone, and only for whom has it", async ({ people, consoles }) => {
  consoles.announce(/status of 404/);
  const seller = await people.newcomer("store_owner");
  const { stream } = await on_air(seller, { type: "private" });
  const { path } = await seller.account.post<{ path: string }>(`/streams/${stream.id}/invites`);
  const guest = await people.newcomer("customer");
  await guest.page.goto(`/live/${stream.id}`);
  await expect(guest.page.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
  await guest.page.goto(path);
  await expect(guest.page.getByRole("heading", { name: stream.title })).toBeVisible();
  await guest.page.getByRole("textbox", { name: "Message" }).fill("I am in");
  await guest.page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(guest.page.getByRole("log", { name: "Chat" }).getByText("I am in")).toBeVisible();
  await guest.page.getByRole("button", { name: "React with a heart" }).click();
  await expect(guest.page.getByLabel("1 viewer")).toBeVisible();
});

test("following a store from its announced show", async ({ people, consoles }) => {
  const seller = await people.newcomer("store_owner");
  const store = await seller.account.open_store(somewhere());
  const stream = await seller.account.post<Stream>("/streams", {
    store_id: store.id,
    title: "Tomorrow's test show",
    scheduled_at: new Date(Date.now() + 86_400_000).toISOString(),
  });
  const { page } = await people.newcomer("customer");
  await walk_states(page, consoles, {
    path: "/account/following",
    api: /\/api\/v1\/me\/following$/,
    loading: "Loading the stores you follow",
    ready: page.getByRole("heading", { name: "You follow no store yet" }),
  });
  await look(page, "account-following-empty");
  await page.goto(`/stores/${store.id}`);
  await page.getByRole("region", { name: "Coming up" }).getByRole("link", { name: stream.title }).click();
  const follow = page.getByRole("button", { name: `Follow ${store.name}` });
  await follow.click();
  await expect(follow).toHaveAttribute("aria-pressed", "true");
  await expect(follow).toBeEnabled();
  await page.goto("/account/following");
  await expect(page.getByRole("list", { name: "Stores you follow" })).toContainText(store.name);
  await look(page, "account-following");

  await seller.account.post(`/streams/${stream.id}/cancel`);
  await page.goto(`/live/${stream.id}`);
  await expect(
    page
      .getByRole("heading", { name: "This show was called off" })
      .or(page.getByRole("heading", { name: "There is nothing at this address" })),
  ).toBeVisible();
});
