import { expect, type FrameLocator, type Page, test } from "@playwright/test";
import { Sandbox } from "./harness.js";

const sandbox = new Sandbox();
test.beforeAll(() => sandbox.start());
test.afterAll(() => sandbox.stop());

interface Received {
  origin: string;
  type: string;
  payment_method_id?: string;
  message?: string;
  height?: number;
}
declare const received: Received[];

const framed = (page: Page): FrameLocator => page.frameLocator("iframe");

/** The last message of that type that the shop's page has received. */
async function message(page: Page, type: string): Promise<Received> {
  const handle = await page.waitForFunction(
    (wanted) => received.findLast((one) => one.type === wanted),
    type,
  );
  return (await handle.jsonValue()) as Received;
}

async function open_card(page: Page, query = ""): Promise<FrameLocator> {
  await page.goto(sandbox.shop_url(`/elements/card${query}`));
  await message(page, "liveshop:card_ready");
  return framed(page);
}

async function type_card(card: FrameLocator, number: string, expiry = "1234", cvc = "123"): Promise<void> {
  await card.getByLabel("Card number").pressSequentially(number);
  await card.getByLabel("Expiry date").pressSequentially(expiry);
  await card.getByLabel("CVC").pressSequentially(cvc);
}

/** Asks the frame as the shop's page does. */
async function tokenize(page: Page): Promise<void> {
  await page.evaluate((origin) => {
    received.length = 0;
    document.querySelector("iframe")?.contentWindow?.postMessage({ type: "liveshop:tokenize" }, origin);
  }, sandbox.origin);
}

test("a card typed in becomes a payment method, and the number stays in the frame", async ({ page }) => {
  const card = await open_card(page);
  await type_card(card, "4242424242424242");
  await expect(card.getByLabel("Card number")).toHaveValue("4242 4242 4242 4242");
  await expect(card.getByLabel("Expiry date")).toHaveValue("12 / 34");
  await tokenize(page);
  const answer = await message(page, "liveshop:payment_method");
  expect(answer.origin).toBe(sandbox.origin);
  expect(answer.payment_method_id).toMatch(/^pm_/);
  expect(JSON.stringify(await page.evaluate(() => received))).not.toContain("4242");
  const method = await sandbox.call("GET", `/v1/payment_methods/${answer.payment_method_id ?? ""}`);
  expect(method["card"]).toMatchObject({ last4: "4242", brand: "visa", exp_month: 12, exp_year: 2034 });
});

test("what is missing or wrong is said beside its field", async ({ page }) => {
  const card = await open_card(page);
  await tokenize(page);
  expect((await message(page, "liveshop:card_error")).message).toBe("Enter your card number.");
  await expect(card.getByLabel("Card number")).toBeFocused();
  await expect(card.getByLabel("Card number")).toHaveAttribute("aria-invalid", "true");
  await expect(card.getByRole("alert")).toHaveText("Enter your card number.");

  await type_card(card, "4242424242424241");
  await tokenize(page);
  expect((await message(page, "liveshop:card_error")).message).toBe("Your card number is incorrect.");
  await card.getByLabel("Card number").fill("4242424242424242");
  await card.getByLabel("Expiry date").fill("01 / 20");
  await tokenize(page);
  expect((await message(page, "liveshop:card_error")).message).toBe(
    "Your card's expiration year is invalid.",
  );
  await expect(card.getByLabel("Expiry date")).toBeFocused();
  await card.getByLabel("Expiry date").fill("12 / 34");
  await tokenize(page);
  expect((await message(page, "liveshop:payment_method")).payment_method_id).toMatch(/^pm_/);
  await expect(card.getByRole("alert")).toHaveCount(0);
});

test("browsers can fill the fields, and the test cards are one click away", async ({ page }) => {
  const card = await open_card(page);
  await expect(card.getByLabel("Card number")).toHaveAttribute("autocomplete", "cc-number");
  await expect(card.getByLabel("Expiry date")).toHaveAttribute("autocomplete", "cc-exp");
  await expect(card.getByLabel("CVC")).toHaveAttribute("autocomplete", "cc-csc");
  await expect(card.getByText("Test mode")).toBeVisible();
  await card.getByRole("button", { name: "one without funds" }).click();
  await expect(card.getByLabel("Card number")).toHaveValue("4000 0000 0000 9995");
  await tokenize(page);
  expect((await message(page, "liveshop:payment_method")).payment_method_id).toMatch(/^pm_/);
});

test("the frame fits its page: height and colours", async ({ page }) => {
  const card = await open_card(page, "?theme=light");
  const light = await card.getByLabel("CVC").evaluate((input) => getComputedStyle(input).backgroundColor);
  const { height } = await message(page, "liveshop:card_height");
  expect(height).toBeGreaterThan(150);
  expect(height).toBeLessThan(400);
  const dark_card = await open_card(page, "?theme=dark");
  const dark = await dark_card.getByLabel("CVC").evaluate((input) => getComputedStyle(input).backgroundColor);
  expect(light).toBe("rgb(255, 255, 255)");
  expect(dark).toBe("rgb(28, 25, 23)");
});

test("no other site can frame it, and messages of other windows are not answered", async ({ page }) => {
  await page.route("http://stranger.example/", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<iframe src="${sandbox.origin}/elements/card"></iframe>`,
    }),
  );
  await page.goto("http://stranger.example/");
  await expect.poll(() => page.frames()[1]?.url()).toBe("chrome-error://chromewebdata/");
  await expect(framed(page).getByLabel("Card number")).toHaveCount(0);

  await open_card(page);
  await page.evaluate((origin) => {
    received.length = 0;
    // A window inside the shop's page that is not the page itself: same origin, another source.
    const other = document.createElement("iframe");
    other.srcdoc = `<script>parent.frames[0].postMessage({ type: "liveshop:tokenize" }, "${origin}")</script>`;
    document.body.append(other);
  }, sandbox.origin);
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => received)).toEqual([]);
});

async function needs_action(): Promise<{ id: string; url: string }> {
  const intent = await sandbox.call("POST", "/v1/payment_intents", {
    amount: "4200",
    currency: "eur",
    capture_method: "manual",
    confirm: "true",
    payment_method: "pm_card_authenticationRequired",
    return_url: sandbox.shop_url("about:blank"),
  });
  const action = intent["next_action"] as { redirect_to_url: { url: string } };
  return { id: String(intent["id"]), url: action.redirect_to_url.url };
}

for (const [button, status] of [
  ["Complete authentication", "requires_capture"],
  ["Fail authentication", "requires_payment_method"],
] as const) {
  test(`3-D Secure in a frame: ${button}`, async ({ page }) => {
    const { id, url } = await needs_action();
    await page.goto(sandbox.shop_url(url));
    await expect(framed(page).getByText("42.00 eur")).toBeVisible();
    await framed(page).getByRole("button", { name: button }).click();
    expect((await message(page, "liveshop:action_done")).origin).toBe(sandbox.origin);
    expect((await sandbox.call("GET", `/v1/payment_intents/${id}`))["status"]).toBe(status);
  });
}

test("3-D Secure on a page of its own leads back to the shop", async ({ page }) => {
  const { id, url } = await needs_action();
  await page.goto(url);
  await page.getByRole("button", { name: "Complete authentication" }).click();
  await page.waitForURL((address) => address.hostname === "localhost");
  const query = new URL(page.url()).searchParams;
  expect(query.get("payment_intent")).toBe(id);
  expect(query.get("redirect_status")).toBe("succeeded");
});
